import type { BuildingId } from '../core/domain/building-id.ts'
import type {
  HeatBasis,
  HeatForecast,
  HeatForecastRecord,
  LeadAccuracy,
} from '../core/domain/heat-forecast.ts'
import { DAY_MS, HOUR_MS, type Instant, SLOT_MS } from '../core/domain/instant.ts'
import { carryOver } from '../core/forecast/carry-over.ts'
import { fleetDemand, fleetMeteredKw, usualKw } from '../core/forecast/fleet-demand.ts'
import { accuracyOf, type ForecastSkill, foldRecord, newSkill } from '../core/forecast/forecast-skill.ts'
import { forecastRecord, type HeatDemand, heatForecast } from '../core/forecast/heat-forecast.ts'
import { meteredHourKw } from '../core/state/metered-hour.ts'
import type { Member } from './member.ts'
import { memberDemand } from './member-demand.ts'
import type { Outlook } from './outlook.ts'
import type { Recorder } from './ports.ts'

/** What is forecast of one building, or of the fleet, and what earlier forecasts were worth. */
export interface HeatOutlook {
  readonly forecast: HeatForecast | undefined
  readonly accuracy: readonly LeadAccuracy[]
}

/** Heat demand ahead: made anew at each full hour, kept with the instant of its belief, measured when the hour is over. */
export interface HeatForecasts {
  /** After a regular turn; does nothing within the hour. */
  issue(outlook: Outlook, now: Instant): void
  /** Takes up what the store kept, so that a restart forgets no error. */
  restore(now: Instant): Promise<void>
  /** Null is the whole fleet. */
  of(building: BuildingId | null): HeatOutlook
}

export interface HeatForecastsSetup {
  readonly members: readonly Member[]
  readonly timeZone: string
  readonly recorder: Pick<Recorder, 'keepHeatForecasts' | 'heatForecasts'>
  readonly onError: (error: unknown, what: string) => void
}

/** Of the largest heat: errors count as shares of no less. */
const LEAST_SHARE = 0.05
/** The hour that ended so long ago is metered, the last sample of it in. */
const SETTLED_MS = HOUR_MS
/** As far back as errors are remembered, and the longest lead before. */
const RESTORED_MS = 12 * DAY_MS

interface Track {
  /** Steered and unsteered hours go wrong in their own ways: each is measured against its like. */
  readonly skills: Record<HeatBasis, ForecastSkill>
  basis: HeatBasis
  forecast: HeatForecast | undefined
  /** What models alone said of the first hour of the last forecast. */
  firstHour: { readonly from: Instant; readonly kw: number } | undefined
}

export function createHeatForecasts(setup: HeatForecastsSetup): HeatForecasts {
  const { members, timeZone, recorder, onError } = setup
  const leastKw = members.map(({ building }) => LEAST_SHARE * building.maxHeatKw)
  const newTrack = (kw: number): Track => {
    const skill = newSkill(timeZone, kw)
    const skills = { 'as-planned': skill, 'on-curve': skill }
    return { skills, basis: 'on-curve', forecast: undefined, firstHour: undefined }
  }
  const tracks = new Map<BuildingId | null, Track>(
    members.map(({ building }, i) => [building.id, newTrack(leastKw[i]!)]),
  )
  const fleet = newTrack(leastKw.reduce((sum, kw) => sum + kw, 0))
  tracks.set(null, fleet)

  /** The models' demand, corrected by how far they were off in the hour that has just ended. */
  function withLastMiss({ building, timeline }: Member, demand: HeatDemand): HeatDemand {
    const track = tracks.get(building.id)!
    const before = track.firstHour
    track.firstHour = { from: demand.start, kw: firstHourKw(demand.expectedKw) }
    if (before?.from !== demand.start - HOUR_MS) return demand
    const meteredKw = meteredHourKw(timeline.samples, before.from)
    if (meteredKw === null) return demand
    const expectedKw = carryOver(demand.expectedKw, meteredKw - before.kw)
    // Only steering may part the two.
    const curveKw = demand.curveKw.map((kw, k) => Math.max(0, kw + expectedKw[k]! - demand.expectedKw[k]!))
    return { ...demand, expectedKw, curveKw }
  }

  function make(demand: HeatDemand, meteredFrom: Instant, meteredKw: number | null) {
    const track = tracks.get(demand.building)!
    track.forecast = heatForecast(demand, track.skills[demand.basis])
    return forecastRecord(track.forecast, demand.expectedKw, { meteredFrom, meteredKw })
  }

  function learn(record: HeatForecastRecord): void {
    const track = tracks.get(record.building)
    // A building that left the fleet has records still.
    if (!track) return
    const { basis } = record
    track.basis = basis
    track.skills[basis] = foldRecord(track.skills[basis], record)
  }

  return {
    issue(outlook, now) {
      const isFullHour = outlook.start % HOUR_MS === 0
      if (fleet.forecast && (!isFullHour || fleet.forecast.start === outlook.start)) return
      const meteredFrom = outlook.start - SETTLED_MS - HOUR_MS
      const demands = members.map((member) => withLastMiss(member, memberDemand(member, outlook, now)))
      const metered = members.map(({ timeline }) => meteredHourKw(timeline.samples, meteredFrom))
      const records = demands.map((demand, i) => make(demand, meteredFrom, metered[i]!))
      const together = fleetDemand(demands)
      if (!together) return
      const parts = demands.map((demand, i) => ({ meteredKw: metered[i]!, usualKw: usualKw(demand) }))
      records.push(make(together, meteredFrom, fleetMeteredKw(parts)))
      // Hours are metered by the clock: what begins within one is shown but not measured.
      if (!isFullHour) return
      for (const record of records) learn(record)
      recorder.keepHeatForecasts(records).catch((error: unknown) => onError(error, 'heat forecasts not kept'))
    },
    async restore(now) {
      for (const record of await recorder.heatForecasts({ from: now - RESTORED_MS, to: now })) learn(record)
    },
    of(building) {
      const track = tracks.get(building)
      return track
        ? { forecast: track.forecast, accuracy: accuracyOf(track.skills[track.basis]) }
        : { forecast: undefined, accuracy: [] }
    },
  }
}

function firstHourKw(slotsKw: Float64Array): number {
  const slots = HOUR_MS / SLOT_MS
  return slotsKw.subarray(0, slots).reduce((sum, kw) => sum + kw, 0) / slots
}
