import type { Belief } from './belief.ts'
import type { LearnedModel } from './learned-model.ts'

/** The belief as text that `decodeBelief` turns back into the same bits. */
export function encodeBelief(belief: Belief): string {
  return textOf(belief)
}

/** The same for what else is learned of a building. */
export function encodeLearned(learned: LearnedModel): string {
  return textOf(learned)
}

/** Undefined where the text is none. */
export function decodeLearned(text: string): LearnedModel | undefined {
  try {
    const learned: LearnedModel = JSON.parse(text, revive)
    return Array.isArray(learned.nights) ? learned : undefined
  } catch {
    return undefined
  }
}

// Profiles change once an hour and beliefs are written every turn; values never change in place.
const arrays = new WeakMap<Float64Array, string>()

function textOf(value: unknown): string {
  if (typeof value === 'number') return numberText(value)
  if (value instanceof Float64Array) return arrayText(value)
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (typeof value === 'object' && value !== null) return objectText(value)
  return JSON.stringify(value)
}

function objectText(value: object): string {
  const parts: string[] = []
  for (const [key, part] of Object.entries(value)) {
    if (part !== undefined) parts.push(`${JSON.stringify(key)}:${textOf(part)}`)
  }
  return `{${parts.join(',')}}`
}

function arrayText(value: Float64Array): string {
  const known = arrays.get(value)
  if (known !== undefined) return known
  const text = `{"f64":[${Array.from(value, numberText).join(',')}]}`
  arrays.set(value, text)
  return text
}

// What JSON has no word for is written as a string.
function numberText(value: number): string {
  if (Object.is(value, -0)) return '{"n":"-0"}'
  return Number.isFinite(value) ? String(value) : `{"n":"${value}"}`
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
