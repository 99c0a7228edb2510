const NOT_KNOWN = '–'
const formats = new Map<string, Intl.NumberFormat>()

function format(digits: number, signed: boolean): Intl.NumberFormat {
  const key = `${digits}${signed}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signed ? 'exceptZero' : 'negative',
  })
  formats.set(key, made)
  return made
}

/** A figure with a true minus sign and thin spaces between thousands; a dash where nobody knows. */
export function figure(value: number | null | undefined, digits = 0, signed = false): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NOT_KNOWN
  return format(digits, signed).format(value).replace('-', '−').replaceAll(',', '\u202f')
}

export function signedFigure(value: number | null | undefined, digits = 0): string {
  return figure(value, digits, true)
}

/** Against a reference, percent; null where either is unknown or there is nothing to compare with. */
export function percentAgainst(value: number | null, reference: number | null): number | null {
  if (value === null || reference === null || reference <= 0) return null
  return (100 * (value - reference)) / reference
}
