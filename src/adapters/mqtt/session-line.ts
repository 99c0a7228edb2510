import { z } from 'zod'
import type { KeptMessage, SessionChange } from './session-state.ts'

const qos = z.union([z.literal(0), z.literal(1), z.literal(2)])
const message = z
  .object({ topic: z.string(), payload: z.base64(), qos, retain: z.boolean() })
  .transform((kept): KeptMessage => ({ ...kept, payload: Buffer.from(kept.payload, 'base64') }))
const client = z.string()

const line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('retain'), message }),
  z.object({ kind: z.literal('subscribe'), client, filter: z.string(), qos }),
  z.object({ kind: z.literal('unsubscribe'), client, filter: z.string() }),
  z.object({ kind: z.literal('forget'), client }),
  z.object({ kind: z.literal('queue'), client, key: z.string(), message }),
  z.object({ kind: z.literal('delivered'), client, key: z.string() }),
  z.object({ kind: z.literal('will'), client, message }),
  z.object({ kind: z.literal('no-will'), client }),
])

export function writeSessionLine(change: SessionChange): string {
  if (!('message' in change)) return `${JSON.stringify(change)}\n`
  const { topic, payload, qos, retain } = change.message
  const kept = { topic, payload: payload.toString('base64'), qos, retain }
  return `${JSON.stringify({ ...change, message: kept })}\n`
}

/** Undefined where the line is no change: cut short by a crash, or not ours. */
export function readSessionLine(text: string): SessionChange | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
