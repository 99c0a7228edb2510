import type { Building } from '../domain/building.ts'
import { SLOT_MS } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import type { IdentifyTelemetry } from '../thermal/identify/telemetry.ts'
import type { Belief } from './belief.ts'
import { newBelief } from './new-belief.ts'
import { observe } from './observe.ts'
import type { World } from './world.ts'

/** What a window is read with: what all days have taught, not its own first ones alone. */
export type HeatKnowledge = Pick<Belief, 'hotWater' | 'signature'>

interface Row {
  readonly at: number
  readonly indoorC: number
  readonly heatKw: number
  readonly outdoorC: number
  readonly solarWm2: number
  readonly supplyC: number
  readonly returnC: number
  readonly offsetK: number
}

/**
 * Kept samples as a fit takes them, read through the same eyes as the controller's own: the indoor series is the
 * comfort zone that the filter's air stands for, the heat is space heat as the filter is driven by it.
 */
export function fitWindow(
  building: Building,
  samples: readonly Sample[],
  world: World,
  { hotWater, signature }: HeatKnowledge,
): IdentifyTelemetry {
  const rows: Row[] = []
  let belief = newBelief(building, (samples[0]?.at ?? 0) - SLOT_MS)
  for (const sample of samples) {
    belief = observe({ ...belief, hotWater, signature }, building, sample, world)
    rows.push(rowOf(belief, sample, world))
  }
  const series = (name: keyof Row) => Float64Array.from(rows, (row) => row[name])
  return {
    at: series('at'),
    indoorC: series('indoorC'),
    heatKw: withoutNegative(series('heatKw')),
    outdoorC: series('outdoorC'),
    solarWm2: series('solarWm2'),
    ...(hasAny(rows, 'supplyC') && { supplyC: series('supplyC') }),
    ...(hasAny(rows, 'returnC') && { returnC: series('returnC') }),
    ...(hasAny(rows, 'offsetK') && { offsetK: series('offsetK') }),
  }
}

function rowOf(belief: Belief, sample: Sample, world: World): Row {
  const { at, intervalS, readings } = sample
  const isMeasured = belief.zones.some((zone) => zone.state === 'ok' && zone.at === at)
  const isMetered = belief.heat.at === at
  return {
    at,
    indoorC: (isMeasured ? belief.comfort.coldestC : null) ?? Number.NaN,
    heatKw: (isMetered ? belief.heat.spaceKw : null) ?? Number.NaN,
    outdoorC: belief.outdoor.outdoorC ?? Number.NaN,
    // The sun of the interval that ends here, as the heat is.
    solarWm2: world.weatherAt(at - 500 * intervalS).solarWm2,
    supplyC: readings.supplyC ?? Number.NaN,
    returnC: readings.returnC ?? Number.NaN,
    // What came of what was asked, whoever asked it.
    offsetK: (readings.supplyC ?? Number.NaN) - (readings.curveSupplyC ?? Number.NaN),
  }
}

/** Less a usual day of hot water an interval may go below nought: the next ones make up for it. */
function withoutNegative(heatKw: Float64Array): Float64Array {
  let owedKw = 0
  return heatKw.map((kw) => {
    if (!Number.isFinite(kw)) return kw
    const left = kw + owedKw
    owedKw = Math.min(0, left)
    return Math.max(0, left)
  })
}

function hasAny(rows: readonly Row[], name: keyof Row): boolean {
  return rows.some((row) => Number.isFinite(row[name]))
}
