import { beyondK, type ComfortLimit, type ComfortTerm } from './foresight-problem.ts'
import { MODES, type Response } from './response.ts'

export interface Edges {
  readonly minC: number
  readonly maxC: number
  /** No room may be colder, whatever the band. */
  readonly floorC: number
  readonly stepHours: number
}

/** What no report tells apart, K·h; and where nothing was broken, something must be left to find a way inside. */
const SLACK_KH = 0.25

/**
 * The kelvin-hours that the report counts, as they were without any deviation: of the coldest room and of the 10th
 * percentile below the band, of all rooms above it, and below the floor. Who is coldest is taken from the base; above
 * the band each room shows its share `rises` of the response.
 */
export function comfortLimits(
  zoneC: readonly Float64Array[],
  response: Response,
  rises: readonly number[],
  { stepHours, ...edges }: Edges,
): ComfortLimit[] {
  const order = coldestFirst(zoneC)
  const coldest = percentile(zoneC, response, order, 0)
  const tenth = percentile(zoneC, response, order, 0.1)
  const limitOf = (terms: readonly ComfortTerm[]) => asBefore(terms, SLACK_KH / stepHours)
  return [
    limitOf([below(coldest, edges.minC, 1)]),
    limitOf([below(tenth, edges.minC, 1)]),
    limitOf(
      zoneC.map((c, z) =>
        above(
          c,
          response.zoneK[z]!.map((gain) => rises[z]! * gain),
          edges.maxC,
          1 / zoneC.length,
        ),
      ),
    ),
    limitOf([below(coldest, edges.floorC, 1)]),
  ]
}

/**
 * The same budgets about a life that was really lived after a plan: its rooms are as they were, and the response
 * tells what further deviations from its modes `x` would do.
 */
export function limitsAbout(
  before: readonly ComfortLimit[],
  lived: readonly ComfortLimit[],
  x: Float64Array,
) {
  return before.map(({ budget }, i): ComfortLimit => {
    const terms = lived[i]!.terms.map((term) => ({
      ...term,
      edgeK: term.edgeK.map((v, k) => v - beyondK(term, x, k, MODES) + term.edgeK[k]!),
    }))
    return { budget, terms }
  })
}

function asBefore(terms: readonly ComfortTerm[], slack: number): ComfortLimit {
  let budget = slack
  for (const { edgeK, share } of terms) for (const v of edgeK) budget += share * Math.max(0, v)
  return { budget, terms }
}

interface RoomSeries {
  readonly c: Float64Array
  readonly gain: Float64Array
}

function below({ c, gain }: RoomSeries, edgeC: number, share: number): ComfortTerm {
  return { edgeK: c.map((value) => edgeC - value), gain, share }
}

function above(c: Float64Array, gains: Float64Array, edgeC: number, share: number): ComfortTerm {
  const gain = new Float64Array(c.length * MODES).map((_, i) => -gains[i % MODES]!)
  return { edgeK: c.map((value) => value - edgeC), gain, share }
}

/** Zones by temperature, slot by slot. */
function coldestFirst(zoneC: readonly Float64Array[]): readonly number[][] {
  const zones = zoneC.map((_, z) => z)
  const slots = zoneC[0]?.length ?? 0
  return Array.from({ length: slots }, (_, k) => zones.toSorted((a, b) => zoneC[a]![k]! - zoneC[b]![k]!))
}

/** Linear between the ranks, as the report has it. */
function percentile(
  zoneC: readonly Float64Array[],
  response: Response,
  order: readonly number[][],
  share: number,
): RoomSeries {
  const place = share * (zoneC.length - 1)
  const rank = Math.floor(place)
  const next = Math.min(rank + 1, zoneC.length - 1)
  const blend = (k: number, of: (zone: number) => number) =>
    of(order[k]![rank]!) + (place - rank) * (of(order[k]![next]!) - of(order[k]![rank]!))
  const gain = new Float64Array(order.length * MODES)
  for (let i = 0; i < gain.length; i++) {
    gain[i] = blend(Math.floor(i / MODES), (zone) => response.zoneK[zone]![i % MODES]!)
  }
  return { c: Float64Array.from(order, (_, k) => blend(k, (zone) => zoneC[zone]![k]!)), gain }
}
