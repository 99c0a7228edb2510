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

const MOST_COLDER_K = 0.2

let scenario: Scenario
let specs: readonly BuildingSpec[]
let replayed: Awaited<ReturnType<typeof replayHere>>
let outage: { readonly from: Instant; readonly until: Instant }
beforeAll(async () => {
  scenario = await shippedScenario('broker-outage')
  if (!scenario.outage) throw new Error('the scenario has no outage')
  outage = scenario.outage
  const { seed, count, mix, zones, meterOnlyShare } = { seed: scenario.seed, ...scenario.fleet }
  specs = drawFleet({ seed: seed ?? scenario.seed, count, mix, zones, meterOnlyShare })
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

const slotOf = (at: Instant) => (at - scenario.start) / SLOT_MS
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

  it('no building is colder than its curve would have left it, then and in the hour after', () => {
    const { controlled } = replayed.result.runs
    const colderK = specs.map((spec, i) => {
      const changes = replayed.offsets[i]!
      const trace = controlled[i]!.trace
      const same = relived(spec, (at) => offsetAt(changes, at))
      expect(Array.from(same.coldestC), `${spec.id} relived`).toEqual(Array.from(trace.coldestC))
      const onCurve = relived(spec, (at) => (at < outage.from ? offsetAt(changes, at) : undefined))
      return mostColderK(trace, onCurve, outage.from, outage.until + HOUR_MS)
    })
    process.stdout.write(`colder than on the curve, K: ${colderK.map((k) => k.toFixed(2)).join(' ')}\n`)
    expect(Math.max(...colderK)).toBeLessThanOrEqual(MOST_COLDER_K)
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

function mostColderK(trace: BuildingTrace, other: BuildingTrace, from: Instant, until: Instant): number {
  let most = 0
  for (let k = slotOf(from); k < slotOf(until); k++) {
    most = Math.max(most, (other.coldestC[k] ?? 0) - (trace.coldestC[k] ?? 0))
  }
  return most
}
