import type { HeatForecastRecord, LeadAccuracy } from '../domain/heat-forecast.ts'
import { LEAD_HOURS } from '../domain/heat-forecast.ts'
import { HOUR_MS, type Instant } from '../domain/instant.ts'
import {
  addError,
  DAY_PARTS,
  dayPart,
  ENOUGH,
  type ErrorCell,
  errorUnitKw,
  NO_ERRORS,
} from './error-quantiles.ts'

/** What became of the forecasts of one building, or of the fleet, and those that still wait for their hour. */
export interface ForecastSkill {
  /** In the order of `LEAD_HOURS`. */
  readonly leads: readonly LeadSkill[]
  readonly pending: readonly HeatForecastRecord[]
  readonly timeZone: string
  /** Errors are shares of what was expected, but at least of this, kW. */
  readonly leastKw: number
}

interface LeadSkill {
  /** One a part of the day. */
  readonly cells: readonly ErrorCell[]
  readonly accuracy: LeadAccuracy
}

/** Means over about so many hours: ten days. */
const MEASURED_HOURS = 240

export function newSkill(timeZone: string, leastKw: number): ForecastSkill {
  const leads = LEAD_HOURS.map((leadHours) => ({
    cells: Array.from({ length: DAY_PARTS }, () => NO_ERRORS),
    accuracy: { leadHours, scored: 0, maeKw: 0, coverage80: 0, width80Kw: 0 },
  }))
  return { leads, pending: [], timeZone, leastKw }
}

/** One forecast more, and what the meter said of earlier ones. Records come in order of `start`. */
export function foldRecord(skill: ForecastSkill, record: HeatForecastRecord): ForecastSkill {
  const { meteredFrom, meteredKw } = record
  const pending = [...stillPending(skill.pending, record.start), record]
  if (meteredKw === null) return { ...skill, pending }
  const leads = skill.leads.map((lead, i) => {
    const issued = issuedAtStart(skill.pending, meteredFrom - (LEAD_HOURS[i] - 1) * HOUR_MS)
    if (!issued || !Number.isFinite(issued.expectedKw[i])) return lead
    return scoreLead(lead, issued, i, { skill, meteredKw, meteredFrom })
  })
  return { ...skill, leads, pending }
}

/** Those whose longest lead is not metered yet. */
function stillPending(pending: readonly HeatForecastRecord[], now: Instant): readonly HeatForecastRecord[] {
  const oldest = now - (LEAD_HOURS[LEAD_HOURS.length - 1] + 1) * HOUR_MS
  let first = 0
  while (first < pending.length && pending[first].start <= oldest) first++
  return first === 0 ? pending : pending.slice(first)
}

/** Records are in order of their start: found from the end backwards. */
function issuedAtStart(
  pending: readonly HeatForecastRecord[],
  start: Instant,
): HeatForecastRecord | undefined {
  let k = pending.length - 1
  while (k >= 0 && pending[k].start > start) k--
  return pending[k]?.start === start ? pending[k] : undefined
}

interface Metered {
  readonly skill: ForecastSkill
  readonly meteredKw: number
  readonly meteredFrom: Instant
}

function scoreLead(
  lead: LeadSkill,
  issued: HeatForecastRecord,
  i: number,
  { skill, meteredKw, meteredFrom }: Metered,
): LeadSkill {
  const part = dayPart(meteredFrom, skill.timeZone)
  const expectedKw = issued.expectedKw[i]
  const share = (meteredKw - expectedKw) / errorUnitKw(expectedKw, skill.leastKw)
  return {
    cells: lead.cells.with(part, addError(lead.cells[part], share)),
    accuracy: addToAccuracy(lead.accuracy, meteredKw, issued.p10Kw[i], issued.p50Kw[i], issued.p90Kw[i]),
  }
}

function addToAccuracy(
  before: LeadAccuracy,
  meteredKw: number,
  p10Kw: number,
  p50Kw: number,
  p90Kw: number,
): LeadAccuracy {
  const scored = before.scored + 1
  const rate = 1 / Math.min(scored, MEASURED_HOURS)
  const mean = (past: number, value: number) => past + rate * (value - past)
  return {
    leadHours: before.leadHours,
    scored,
    maeKw: mean(before.maeKw, Math.abs(meteredKw - p50Kw)),
    coverage80: mean(before.coverage80, meteredKw >= p10Kw && meteredKw <= p90Kw ? 1 : 0),
    width80Kw: mean(before.width80Kw, p90Kw - p10Kw),
  }
}

/** Whether no part of the prior is left in the quantiles up to `hours` ahead. */
export function isLearned({ leads }: ForecastSkill, hours: number): boolean {
  return leads.every(
    ({ cells, accuracy }) =>
      accuracy.leadHours > hours || cells.every(({ errors }) => errors.length >= ENOUGH),
  )
}

/** Accuracy at each lead that has been measured at all. */
export function accuracyOf({ leads }: ForecastSkill): readonly LeadAccuracy[] {
  return leads.flatMap(({ accuracy }) => (accuracy.scored > 0 ? [accuracy] : []))
}
