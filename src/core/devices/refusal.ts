import type { z } from 'zod'
import type { RejectionCode } from '../domain/rejection.ts'

/** A message, or a part of one, that was not taken. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code: RejectionCode
  /** Which field, and what is wrong with it. */
  readonly detail: string
}

export interface MessageLimits {
  readonly maxChars: number
  readonly maxDepth: number
  readonly maxSamples: number
  readonly maxZones: number
}

export const DEFAULT_MESSAGE_LIMITS: MessageLimits = {
  maxChars: 256 * 1024,
  maxDepth: 8,
  maxSamples: 5000,
  maxZones: 1000,
}

export function refuse(code: RejectionCode, detail: string): Refusal {
  return { kind: 'refused', code, detail }
}

/** The first fault that the schema found, with the path to it. */
export function refusalOf(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  const path = issue.path.length > 0 ? issue.path.map(String).join('.') : 'payload'
  return refuse(codeOf(issue), `${path.slice(0, 120)}: ${issue.message.slice(0, 120)}`)
}

function codeOf(issue: z.core.$ZodIssue): RejectionCode {
  switch (issue.code) {
    case 'custom':
      return issue.params?.['time'] ?? 'bad-shape'
    case 'too_small':
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? 'out-of-range' : 'bad-shape'
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? 'bad-number' : 'bad-shape'
    case 'invalid_union':
      // Instants are the only union: a number or a string.
      return 'bad-time'
    default:
      return 'bad-shape'
  }
}
