import { beforeAll, describe, expect, it } from 'vitest'
import type { BuildingSpec } from '../../simulators/building-spec.ts'
import { drawFleet } from '../../simulators/fleet.ts'
import { leaseEnd } from '../../src/core/dispatch/lease.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SLOT_MS } from '../../src/core/domain/instant.ts'
import type { OffsetChange } from '../../src/replay/controlled-run.ts'
import { type PhysicsRun, warmedUp } from '../../src/replay/physics-run.ts'
import type { Scenario } from '../../src/replay/scenario.ts'
import { type BuildingTrace, createTracer } from '../../src/replay/trace.ts'
import { createWeatherTrack } from '../../src/replay/weather-track.ts'
import { replayHere, shippedScenario } from '../fixtures/replay.ts'

let scenario: Scenario
let specs: readonly BuildingSpec[]
let replayed: Awaited<ReturnType<typeof replayHere>>
let outage: { readonly from: Instant; readonly until: Instant }
beforeAll(async () => {
  scenario = await shippedScenario('broker-outage')
  if (!scenario.outage) throw new Error('the scenario has no outage')
  outage = scenario.outage
  const { count, mix, zones, meterOnlyShare } = scenario.fleet
  specs = drawFleet({ seed: scenario.fleet.seed ?? scenario.seed, count, mix, zones, meterOnlyShare })
  replayed = await replayHere(scenario)
})

/** What a building was set to at an instant; undefined on its own curve. */
function offsetAt(changes: readonly OffsetChange[], at: Instant): number | undefined {
  return changes.findLast(({ from }) => from <= at)?.offsetK
}

/** The same building through the same days, set as `offsetK` says. */
function relived(spec: BuildingSpec, offsetK: (at: Instant) => number | undefined): BuildingTrace {
  const { start, days, warmUpDays, fleet, site } = scenario
  const run: PhysicsRun = {
    spec,
    site: { ...site, noise: true },
    start,
    days,
    warmUpDays,
    band: fleet.comfort,
  }
  const weather = createWeatherTrack(replayed.world.truth.weather)
  const building = warmedUp(run, weather)
  const tracer = createTracer(start, (days * DAY_MS) / SLOT_MS, fleet.comfort)
  for (let at = start; at < start + days * DAY_MS; at += MINUTE_MS) {
    const supplyOffsetK = offsetK(at)
    building.step(weather.at(at), supplyOffsetK === undefined ? {} : { supplyOffsetK })
    tracer.minute(at + MINUTE_MS, building.truth())
  }
  return tracer.trace
}

const slotOf = (at: Instant) => Math.floor((at - scenario.start) / SLOT_MS)
const minutes = (from: Instant, until: Instant) =>
  Array.from({ length: (until - from) / MINUTE_MS }, (_, k) => from + k * MINUTE_MS)

describe('while the broker is away', () => {
  it('takes it away from buildings that were steered', () => {
    const steered = replayed.offsets.filter((changes) => offsetAt(changes, outage.from) !== undefined)
    expect(steered).toHaveLength(specs.length)
  })

  it('every building is on its own curve within a lease, and stays there', () => {
    const lastSentAt = outage.from
    const curveFrom = Math.ceil(leaseEnd(lastSentAt) / MINUTE_MS) * MINUTE_MS
    for (const [i, changes] of replayed.offsets.entries()) {
      const steered = minutes(curveFrom, outage.until).filter((at) => offsetAt(changes, at) !== undefined)
      expect(steered, specs[i]?.id).toEqual([])
    }
  })

  it('what happened is what the offsets alone make of a building', () => {
    for (const [i, spec] of specs.entries()) {
      const again = relived(spec, (at) => offsetAt(replayed.offsets[i]!, at))
      const { coldestC } = replayed.result.runs.controlled[i]!.trace
      expect(Array.from(again.coldestC), spec.id).toEqual(Array.from(coldestC))
    }
  })

  it('leaves no room colder by 0.2 K than its own curve would have from then on', () => {
    const colderK = specs.map((spec, i) => {
      const unsteered = relived(spec, offsetUntil(i, outage.until))
      const onCurve = relived(spec, offsetUntil(i, outage.from))
      return mostColderK(unsteered, onCurve, outage.from, outage.until + HOUR_MS)
    })
    process.stdout.write(`colder than on the curve, K: ${colderK.map((k) => k.toFixed(3)).join(' ')}\n`)
    expect(Math.max(...colderK)).toBeLessThanOrEqual(0.2)
  })

  it('finds some buildings in a deep cut, or the test before says nothing', () => {
    const deepest = Math.min(...replayed.offsets.map((changes) => offsetAt(changes, outage.from) ?? 0))
    expect(deepest).toBeLessThanOrEqual(-10)
  })

  it('no room is under its band for it, then or in the hour after, steered again as it is', () => {
    const { minC } = scenario.fleet.comfort
    const colderK = specs.map((spec, i) => {
      const onCurve = relived(spec, offsetUntil(i, outage.from))
      const band = { coldestC: onCurve.coldestC.map((c) => Math.min(c, minC)) }
      return mostColderK(replayed.result.runs.controlled[i]!.trace, band, outage.from, outage.until + HOUR_MS)
    })
    process.stdout.write(`under the band and colder than on the curve, K: ${colderK.join(' ')}\n`)
    expect(Math.max(...colderK)).toBeLessThanOrEqual(0.2)
  })
})

describe('when the broker is back', () => {
  it('buildings are steered again within two quarter-hours', () => {
    for (const [i, changes] of replayed.offsets.entries()) {
      const again = minutes(outage.until, outage.until + 2 * SLOT_MS + MINUTE_MS)
      expect(
        again.some((at) => offsetAt(changes, at) !== undefined),
        specs[i]?.id,
      ).toBe(true)
    }
  })

  it('they stay steered to the end', () => {
    const from = outage.until + 2 * SLOT_MS + MINUTE_MS
    const to = scenario.start + scenario.days * DAY_MS
    for (const [i, changes] of replayed.offsets.entries()) {
      const onCurve = minutes(from, to).filter((at) => offsetAt(changes, at) === undefined)
      expect(onCurve, specs[i]?.id).toEqual([])
    }
  })
})

describe('when the broker is back before the next turn', () => {
  it('the leases that it missed are said again at once', async () => {
    const back = outage.from + 17 * MINUTE_MS
    const short = { ...scenario, fleet: { ...scenario.fleet, count: 4 }, outage: { ...outage, until: back } }
    const { offsets } = await replayHere(short)
    const untilTurn = minutes(back + 3 * MINUTE_MS, outage.from + 2 * SLOT_MS - MINUTE_MS)
    for (const changes of offsets) {
      const onCurve = untilTurn.filter((at) => offsetAt(changes, at) === undefined)
      expect(onCurve).toEqual([])
    }
  })
})

/** As the building was set until `until`, and its own curve from then on. */
function offsetUntil(i: number, until: Instant) {
  const changes = replayed.offsets[i]!
  return (at: Instant) => (at < until ? offsetAt(changes, at) : undefined)
}

type Coldest = Pick<BuildingTrace, 'coldestC'>

function mostColderK(trace: Coldest, other: Coldest, from: Instant, until: Instant): number {
  let most = 0
  for (let k = slotOf(from); k < slotOf(until); k++) {
    most = Math.max(most, (other.coldestC[k] ?? 0) - (trace.coldestC[k] ?? 0))
  }
  return most
}
