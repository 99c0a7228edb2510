/** How finely a series is written, and the numbers that were written before: plans repeat themselves. */
export interface Grain {
  readonly perUnit: number
  readonly texts: Map<number, string>
}

const MOST_REMEMBERED = 50_000

export function grain(perUnit: number): Grain {
  return { perUnit, texts: new Map() }
}

/** A series as JSON, rounded to its grain; JSON has no word for what is not finite but null. */
export function slotsText(values: Float64Array, { perUnit, texts }: Grain): string {
  let text = '['
  for (let k = 0; k < values.length; k++) {
    const parts = Math.round(values[k]! * perUnit)
    let written = texts.get(parts)
    if (written === undefined) {
      written = Number.isFinite(parts) ? String(parts / perUnit) : 'null'
      if (texts.size >= MOST_REMEMBERED) texts.clear()
      texts.set(parts, written)
    }
    text += k > 0 ? `,${written}` : written
  }
  return `${text}]`
}

/** The same for series of which one often equals the last, as prices of neighbours do. */
export function createRepeatedText(perUnit: number): (values: Float64Array) => string {
  const fine = grain(perUnit)
  let last = new Float64Array(0)
  let text = '[]'
  return (values) => {
    if (isSame(values, last)) return text
    last = values.slice()
    text = slotsText(values, fine)
    return text
  }
}

function isSame(one: Float64Array, other: Float64Array): boolean {
  if (one.length !== other.length) return false
  for (let k = 0; k < one.length; k++) if (one[k] !== other[k]) return false
  return true
}

/** A series as it was written; an unknown value was written as null. */
export function readSlots(text: string | null): Float64Array {
  const values: readonly (number | null)[] = JSON.parse(text ?? '[]')
  return Float64Array.from(values, (value) => value ?? Number.NaN)
}
