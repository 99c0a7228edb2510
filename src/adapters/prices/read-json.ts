import type { z } from 'zod'
import { type Refused, refused } from './slots-read.ts'

export type JsonRead<T> = { readonly ok: true; readonly document: T } | Refused

/** Text as the document that `schema` describes; pages for people and torn answers are refused by name. */
export function readJson<T>(text: string, schema: z.ZodType<T>): JsonRead<T> {
  if (text.trim() === '') return refused('no-data', 'an empty document')
  if (/^\s*</.test(text)) return refused('not-json', `markup: ${text.trim().slice(0, 80)}`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refused('not-json', error instanceof Error ? error.message : 'not JSON')
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, document: parsed.data }
  const issue = parsed.error.issues[0]
  return refused('other-document', `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? ''}`)
}
