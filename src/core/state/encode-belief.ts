import type { Belief } from './belief.ts'

/** The belief as text that `decodeBelief` turns back into the same bits. */
export function encodeBelief(belief: Belief): string {
  return JSON.stringify(belief, (_key, value: unknown) => {
    if (value instanceof Float64Array) return { f64: Array.from(value, plain) }
    return typeof value === 'number' ? plain(value) : value
  })
}

// What JSON has no word for is written as a string.
function plain(value: number): number | { n: string } {
  if (Object.is(value, -0)) return { n: '-0' }
  return Number.isFinite(value) ? value : { n: String(value) }
}

/** Undefined where the text is not a belief of this version. */
export function decodeBelief(text: string): Belief | undefined {
  try {
    const belief: Belief = JSON.parse(text, revive)
    return belief.version === 1 ? belief : undefined
  } catch {
    return undefined
  }
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('n' in value) return Number(value.n)
  if ('f64' in value && Array.isArray(value.f64)) return Float64Array.from(value.f64, Number)
  return value
}
