import { z } from 'zod'
import type { BuildingId } from '../core/domain/building-id.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SLOT_MS, slotStart } from '../core/domain/instant.ts'
import type { Sample } from '../core/domain/telemetry.ts'
import { type LoadMemory, NO_LOAD, noteLoad } from '../core/forecast/network-load.ts'
import { type IngestMemory, NO_MEMORY } from '../core/ingest/ingest-memory.ts'
import { DEFAULT_LIMITS, type IngestLimits } from '../core/ingest/limits.ts'
import { fitWithoutOutliers } from '../core/plan/production/fit-signature.ts'
import { networkNodes } from '../core/plan/production/network-nodes.ts'
import { networkSupplyC } from '../core/plan/production/network-supply.ts'
import type { PlantTerms } from '../core/plan/production/plant-job.ts'
import type { Member } from './member.ts'
import { lastSlotHeat } from './orders/orders-setup.ts'
import type { Outlook } from './outlook.ts'
import { isOnNetwork } from './plant-outlook.ts'
import type { LearnedEntry } from './ports.ts'
import { readLearned } from './read-learned.ts'

/** The meter of all heat that leaves the plant, and what it teaches of the demand that nobody steers. */
export interface NetworkMeter {
  readonly building: { readonly id: BuildingId }
  /** What of its samples was had. */
  ingest: IngestMemory
  readonly limits: IngestLimits
  hear(sample: Sample): void
  /** At the begin of a regular turn: the slot that ended. */
  learn(members: readonly Member[], outlook: Outlook, now: Instant): void
  /** Plant and network with that demand as it was metered; as configured until enough was. */
  production(): PlantTerms
  /** For people: what was learned, and what could not be. */
  notes(): readonly string[]
}

export interface NetworkMeterSetup {
  readonly id: BuildingId
  readonly production: PlantTerms
  readonly timeZone: string
  /** What was kept of an earlier life, by name; and where it is kept. */
  readonly kept: ReadonlyMap<string, string>
  readonly keep: (entry: LearnedEntry) => void
}

/** A town's plant, not a house. */
const LIMITS: IngestLimits = {
  ...DEFAULT_LIMITS,
  ranges: { ...DEFAULT_LIMITS.ranges, heatKw: { min: 0, max: 5_000_000 } },
}
/** Five days: each hour of workdays was seen, and some weather. */
const ENOUGH_HOURS = 120
const HEARD_MS = 2 * HOUR_MS
/** With less of a slot metered, or fewer buildings, nothing is learned of it. */
const ENOUGH_METERED_MS = SLOT_MS / 2
const ENOUGH_BUILDINGS = 0.8
/** Meters are a few percent off; a plant that gives less than its buildings take is no plant. */
const METER_ERROR = 0.05

export function createNetworkMeter(setup: NetworkMeterSetup): NetworkMeter {
  const { id, production, timeZone } = setup
  const unlearned = { silent: 0, 'too few buildings heard': 0, 'less than the buildings': 0 }
  let samples: readonly Sample[] = []
  let memory: LoadMemory = { ...NO_LOAD, hours: keptHours(setup.kept) }
  let learned = fitted()

  function fitted(): PlantTerms {
    const { hours } = memory
    if (hours.length < ENOUGH_HOURS) return production
    const { signature } = fitWithoutOutliers(hours, 'uncontrolled', timeZone)
    return { ...production, network: { ...production.network, uncontrolled: signature } }
  }

  /** All that leaves the plant but for what nobody steers there, by the meters of the buildings. */
  function explainedKw(steeredKw: ReadonlyMap<string, number>, start: Instant, outdoorC: number): number {
    const { uncontrolled, ...network } = production.network
    const ahead = {
      start,
      timeZone,
      outdoorC: Float64Array.of(outdoorC),
      supplyC: Float64Array.of(networkSupplyC(network.supply, outdoorC)),
      steeredKw: new Map([...steeredKw].map(([branch, kw]) => [branch, Float64Array.of(kw)])),
    }
    return networkNodes(network, ahead).expectedKw[0]!
  }

  return {
    building: { id },
    ingest: NO_MEMORY,
    limits: LIMITS,
    hear(sample) {
      samples = [...samples.filter(({ at }) => at > sample.at - HEARD_MS), sample]
    },
    learn(members, outlook, now) {
      const at = slotStart(now) - SLOT_MS
      const meterKw = slotMeanKw(samples, at)
      if (meterKw === undefined) return void unlearned.silent++
      const steeredKw = steeredByBranch(
        members.filter(({ building }) => isOnNetwork(building)),
        now,
      )
      if (!steeredKw) return void unlearned['too few buildings heard']++
      const outdoorC = outlook.outdoorC[Math.round((at - outlook.start) / SLOT_MS)] ?? Number.NaN
      const heatKw = meterKw - explainedKw(steeredKw, at, outdoorC)
      if (heatKw < -METER_ERROR * meterKw) return void unlearned['less than the buildings']++
      const before = memory.hours
      memory = noteLoad(memory, { at, heatKw: Math.max(0, heatKw), outdoorC })
      if (memory.hours === before) return
      learned = fitted()
      setup.keep({ name: KEPT_AS, at: now, json: hoursJson(memory) })
    },
    production: () => learned,
    notes() {
      const { length } = memory.hours
      const isEnough = length >= ENOUGH_HOURS
      const state = isEnough ? `${length} h of it` : `not yet: ${length} of ${ENOUGH_HOURS} h`
      const without = Object.entries(unlearned).filter(([, slots]) => slots > 0)
      return [
        `demand that nobody steers is learned from ${id}, ${state}`,
        ...without.map(([why, slots]) => `${id} taught nothing in ${slots} quarter-hours: ${why}`),
      ]
    },
  }
}

/** Weighted by what each sample is the mean of; undefined where too little was metered. */
function slotMeanKw(samples: readonly Sample[], from: Instant): number | undefined {
  let weightMs = 0
  let sum = 0
  for (const { at, intervalS, readings } of samples) {
    if (at <= from || at > from + SLOT_MS || readings.heatKw === undefined) continue
    const ms = Math.min(SLOT_MS, (intervalS * MINUTE_MS) / 60)
    weightMs += ms
    sum += ms * readings.heatKw
  }
  return weightMs >= ENOUGH_METERED_MS ? sum / weightMs : undefined
}

/** What meters showed, scaled to all by the sizes of buildings; undefined where too few were heard. */
function steeredByBranch(members: readonly Member[], now: Instant): ReadonlyMap<string, number> | undefined {
  const byBranch = new Map<string, number>()
  let [allKw, heardKw] = [0, 0]
  for (const member of members) {
    const { maxHeatKw, branch = '' } = member.building
    allKw += maxHeatKw
    const metered = lastSlotHeat(member, now)
    if (!metered) continue
    heardKw += maxHeatKw
    byBranch.set(branch, (byBranch.get(branch) ?? 0) + metered.totalKw)
  }
  if (heardKw < ENOUGH_BUILDINGS * allKw) return undefined
  return new Map([...byBranch].map(([branch, kw]) => [branch, (kw * allKw) / heardKw]))
}

const KEPT_AS = 'network-load'
const keptSchema = z.array(z.tuple([z.number(), z.number(), z.number()]))

function keptHours(kept: ReadonlyMap<string, string>): LoadMemory['hours'] {
  const rows = readLearned(kept, KEPT_AS, keptSchema) ?? []
  return rows.map(([at, heatKw, outdoorC]) => ({ at, heatKw, outdoorC }))
}

function hoursJson({ hours }: LoadMemory): string {
  return JSON.stringify(hours.map(({ at, heatKw, outdoorC }) => [at, heatKw, outdoorC]))
}
