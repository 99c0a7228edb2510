import { z } from 'zod'
import type { BuildingId } from '../core/domain/building-id.ts'
import { HOUR_MS } from '../core/domain/instant.ts'
import { NO_BURDEN } from '../core/plan/orders/fairness.ts'
import type { Belief } from '../core/state/belief.ts'
import { decodeBelief, decodeLearned, encodeBelief, encodeLearned } from '../core/state/encode-belief.ts'
import type { LearnedModel } from '../core/state/learned-model.ts'
import type { Member } from './member.ts'

const snapshotSchema = z.object({
  heldOffsetK: z.number(),
  overheatingBalanceKh: z.number(),
  writes: z.array(z.number()),
  held: z.array(z.object({ from: z.number(), until: z.number(), offsetK: z.number() })).default([]),
  lastSeq: z.number(),
  burden: z.object({ takenKh: z.number(), airK: z.number(), massK: z.number() }).default(NO_BURDEN),
  givenKh: z.array(z.tuple([z.string(), z.number()])).default([]),
  plannedAt: z
    .number()
    .nullable()
    .transform((at) => at ?? Number.NEGATIVE_INFINITY),
})

export type Snapshot = z.output<typeof snapshotSchema> & {
  readonly belief: Belief
  readonly learned: LearnedModel | undefined
}

export function snapshots(members: readonly Member[]): ReadonlyMap<BuildingId, string> {
  return new Map(members.map((member) => [member.building.id, memberSnapshot(member)]))
}

// How old a written belief may grow: what came since is folded again from the store.
const BELIEF_MS = 4 * HOUR_MS

/** What a restart needs of a building beside its lease; samples since the belief are folded again from the store. */
function memberSnapshot(member: Member): string {
  const { heldOffsetK, overheatingBalanceKh, held, writes, lastSeq, plannedAt, timeline, burden } = member
  const span = Math.floor(timeline.belief.at / BELIEF_MS)
  if (member.written?.span !== span) member.written = { span, belief: encodeBelief(timeline.belief) }
  const givenKh = [...member.givenKh]
  const known = { heldOffsetK, overheatingBalanceKh, held, writes, lastSeq, plannedAt, burden, givenKh }
  const text = `${JSON.stringify(known)}\n${member.written.belief}`
  return member.learned ? `${text}\n${learnedText(member.learned)}` : text
}

// Once a night another.
const learnedTexts = new WeakMap<LearnedModel, string>()

function learnedText(learned: LearnedModel): string {
  const text = learnedTexts.get(learned) ?? encodeLearned(learned)
  learnedTexts.set(learned, text)
  return text
}

/** Undefined where there is none, or it is of another version: the estimate then begins anew. */
export function readSnapshot(text: string | undefined): Snapshot | undefined {
  if (text === undefined) return undefined
  const [known = '', written = '', nights] = text.split('\n')
  const parsed = snapshotSchema.safeParse(parseJson(known))
  const belief = decodeBelief(written)
  const learned = nights === undefined ? undefined : decodeLearned(nights)
  return parsed.success && belief ? { ...parsed.data, belief, learned } : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
