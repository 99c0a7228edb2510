/** A number for people: a true minus, thin spaces between thousands, a dash where there is none. */
export function figure(value: number | null, decimals = 0): string {
  if (value === null || !Number.isFinite(value)) return '–'
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u2009')
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

/** The same with a sign in front, for changes. */
export function signed(value: number | null, decimals = 0): string {
  const text = figure(value, decimals)
  return value !== null && value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

export function percent(value: number | null, decimals = 1): string {
  return value === null ? '–' : `${figure(value, decimals)} %`
}

/** `concrete-block` → `concrete block`. */
export function kindInWords(kind: string): string {
  return kind.replaceAll('-', ' ')
}
