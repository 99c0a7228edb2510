import { z } from 'zod'
import { HOUR_MS, type Instant, SLOT_MS, slotStart } from '../core/domain/instant.ts'
import {
  type FlowMiss,
  flowMarginKw,
  flowMissAhead,
  learnFlowMiss,
  NO_FLOW_MISS,
} from '../core/forecast/flow-miss.ts'
import type { PlantJob } from '../core/plan/production/plant-job.ts'
import { WEEK_HOURS } from '../core/thermal/week-profile.ts'
import type { Member } from './member.ts'
import { lastSlotHeat } from './orders/orders-setup.ts'
import type { Outlook } from './outlook.ts'
import { isOnNetwork, memberFlow } from './plant-outlook.ts'
import type { LearnedEntry } from './ports.ts'
import { readLearned } from './read-learned.ts'

/** What the meters of each branch show beyond what was expected of them, and what the next plan makes of it. */
export interface BranchMisses {
  /** At the begin of a regular turn: the slot that ended. */
  learn(members: readonly Member[], now: Instant): void
  /** After it: what is expected of the slot that has begun. */
  expect(members: readonly Member[], outlook: Outlook, now: Instant): void
  /** The fast loop changed what a building takes by so much from `now` on: what it does is nobody's miss. */
  move(member: Member, changeKw: number, now: Instant): void
  /** What is usually missed at `now` by the meters on these branches together, kW; '' are those on none. */
  aheadKw(isThere: (branch: string) => boolean, now: Instant): number
  /** The same network with what is usually missed in its fixed flows, and its caps low enough to hold. */
  applied<J extends Pick<PlantJob, 'nodes' | 'nodeOf'>>(job: J, start: Instant): J
}

/** With less of a branch metered nothing is learned of it. */
const ENOUGH_METERED = 0.8

export interface BranchMissesSetup {
  readonly timeZone: string
  /** What was kept of an earlier life, by name; and where it is kept. */
  readonly kept: ReadonlyMap<string, string>
  readonly keep: (entry: LearnedEntry) => void
}

export function createBranchMisses({ timeZone, kept, keep }: BranchMissesSetup): BranchMisses {
  const misses = keptMisses(kept)
  let expected: { readonly start: Instant; readonly byMember: Map<Member, number> } | undefined

  return {
    learn(members, now) {
      const start = slotStart(now) - SLOT_MS
      if (expected?.start !== start) return
      const { byMember } = expected
      for (const [branch, here] of byBranch(members)) {
        const slot = scored(here, byMember, now)
        if (!slot) continue
        const before = misses.get(branch) ?? NO_FLOW_MISS
        misses.set(branch, learnFlowMiss(before, { start, timeZone, ...slot }))
      }
      // A quarter-hour that a restart forgets is soon learned again.
      if ((start + SLOT_MS) % HOUR_MS === 0) keep({ name: KEPT_AS, at: now, json: missesJson(misses) })
    },
    expect(members, outlook, now) {
      const drawing = members.filter(({ building }) => isOnNetwork(building))
      const byMember = new Map(
        drawing.map((member) => [member, memberFlow(member, false, outlook, now).anywayKw[0]!]),
      )
      expected = { start: slotStart(now), byMember }
    },
    move(member, changeKw, now) {
      const kw = expected?.byMember.get(member)
      if (!expected || kw === undefined || !Number.isFinite(changeKw)) return
      const left = Math.max(0, Math.min(1, 1 - (now - expected.start) / SLOT_MS))
      expected.byMember.set(member, Math.max(0, kw + left * changeKw))
    },
    aheadKw(isThere, now) {
      let sumKw = 0
      for (const [branch, miss] of misses) {
        if (isThere(branch)) sumKw += flowMissAhead(miss, slotStart(now), 1, timeZone)[0]!
      }
      return sumKw
    },
    applied(job, start) {
      const nodes = job.nodes.map((node, i) => {
        const branch = [...job.nodeOf].find(([, at]) => at === i)?.[0] ?? ''
        const miss = misses.get(branch)
        if (!miss) return node
        const ahead = flowMissAhead(miss, start, node.fixedKw.length, timeZone)
        return {
          ...node,
          fixedKw: node.fixedKw.map((kw, k) => Math.max(0, kw + ahead[k]!)),
          capKw: node.capKw.map((kw) => (Number.isFinite(kw) ? kw - flowMarginKw(miss, kw) : kw)),
        }
      })
      return { ...job, nodes }
    },
  }
}

const KEPT_AS = 'flow-misses'
const keptSchema = z.record(
  z.string(),
  z.object({
    hourlyKw: z.array(z.number()).length(WEEK_HOURS),
    biasKw: z.number(),
    variance: z.number().min(0),
    scored: z.int().min(0),
  }),
)

function keptMisses(kept: ReadonlyMap<string, string>): Map<string, FlowMiss> {
  const known = Object.entries(readLearned(kept, KEPT_AS, keptSchema) ?? {})
  return new Map(
    known.map(([branch, miss]) => [branch, { ...miss, hourlyKw: Float64Array.from(miss.hourlyKw) }]),
  )
}

function missesJson(misses: ReadonlyMap<string, FlowMiss>): string {
  return JSON.stringify(
    Object.fromEntries(
      [...misses].map(([branch, miss]) => [branch, { ...miss, hourlyKw: Array.from(miss.hourlyKw) }]),
    ),
  )
}

function byBranch(members: readonly Member[]): ReadonlyMap<string, readonly Member[]> {
  const groups = new Map<string, Member[]>()
  for (const member of members) {
    if (!isOnNetwork(member.building)) continue
    const branch = member.building.branch ?? ''
    const group = groups.get(branch)
    if (group) group.push(member)
    else groups.set(branch, [member])
  }
  return groups
}

/** Metered and expected of those that were metered, scaled to all; undefined where too few were. */
function scored(here: readonly Member[], expected: ReadonlyMap<Member, number>, now: Instant) {
  let [allKw, heardKw, meteredKw] = [0, 0, 0]
  for (const member of here) {
    const kw = expected.get(member)
    if (kw === undefined) continue
    allKw += kw
    const metered = lastSlotHeat(member, now)
    if (!metered) continue
    heardKw += kw
    meteredKw += metered.totalKw
  }
  if (!(heardKw > 0) || heardKw < ENOUGH_METERED * allKw) return undefined
  return { expectedKw: allKw, meteredKw: (meteredKw * allKw) / heardKw }
}
