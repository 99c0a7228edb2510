import { beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '../../../src/controller/member.ts'
import { createNetworkMeter, type NetworkMeter } from '../../../src/controller/network-meter.ts'
import type { Outlook } from '../../../src/controller/outlook.ts'
import { hashedNormal } from '../../../src/core/domain/chance.ts'
import { DAY_MS, HOUR_MS, SLOT_MS } from '../../../src/core/domain/instant.ts'
import { localTime } from '../../../src/core/domain/local-time.ts'
import type { Network } from '../../../src/core/domain/network.ts'
import { signatureKw } from '../../../src/core/plan/production/uncontrolled-load.ts'
import { buildingId } from '../../contract/recorder.ts'
import { NOTHING_KEPT } from '../../fixtures/nothing-kept.ts'
import { membersOf } from './orders/planned-fleet.ts'

/** A Monday. */
const START = Date.UTC(2026, 0, 12, 0)
const METER = buildingId('plant-meter')
const provenance = { source: 'test', kind: 'measured', issuedAt: START } as const
const NETWORK: Network = {
  branches: [{ id: 'north', lossRatio: 0, delayMinutes: 0 }],
  peakEurPerKw: 0,
  losses: { kwPerK: 2, returnC: 50, groundC: 5 },
  supply: [{ outdoorC: 0, supplyC: 80 }],
  objective: 'owner',
}
/** At 80 °C out and 50 °C back over ground of 5 °C. */
const LOST_KW = 120
const production = { network: NETWORK, emissions: { eurPerT: 0, electricityEurPerT: 0 } }

function outlookAt(start: number): Outlook {
  const flat = (value: number) => Float64Array.of(value)
  const prices = {
    start,
    eurPerMwh: flat(50),
    lowEurPerMwh: flat(0),
    highEurPerMwh: flat(0),
    knownUntil: start,
  }
  const weather = { start, outdoorC: flat(outdoorAt(start)), solarWm2: flat(0), windMs: flat(0), provenance }
  return {
    start,
    slots: 1,
    timeZone: 'UTC',
    prices: { ...prices, bridged: [], provenance, beyond: 'profile' },
    outdoorC: weather.outdoorC,
    solarWm2: weather.solarWm2,
    weather,
    issued: [],
    dayMeanOutdoorC: 0,
  }
}

/** Colder from day to day, and at night. */
function outdoorAt(at: number): number {
  const days = (at - START) / DAY_MS
  return 2 - 1.5 * days - 3 * Math.cos(2 * Math.PI * days)
}

/** What a town takes beside our buildings: 40 kW a kelvin under 17 °C, and more on the mornings of workdays. */
function townKw(at: number): number {
  const { weekday, hour } = localTime(at, 'UTC')
  const isMorning = weekday < 5 && hour >= 6 && hour < 9
  return 800 + (isMorning ? 500 : 0) + 40 * Math.max(0, 17 - outdoorAt(at))
}

let members: readonly Member[]
let kept: Map<string, string>
beforeEach(async () => {
  kept = new Map()
  members = await membersOf(['a', 'b'], { recover: async () => NOTHING_KEPT }, START)
})

function start(): NetworkMeter {
  const keep = ({ name, json }: { name: string; json: string }) => void kept.set(name, json)
  return createNetworkMeter({ id: METER, production, timeZone: 'UTC', kept, keep })
}

interface Life {
  readonly slots: number
  /** What the meter shows of what flows; undefined where it is silent. */
  readonly shown?: (kw: number, slot: number) => number | undefined
}

/** Quarter-hours in which each building takes 30 kW. */
function live(meter: NetworkMeter, { slots, shown = (kw) => kw }: Life): void {
  for (let k = 0; k < slots; k++) {
    const at = START + k * SLOT_MS
    for (const member of members) {
      const { timeline } = member
      const { belief } = timeline
      const heat = { ...belief.heat, at: at + SLOT_MS, totalKw: 30 }
      member.timeline = { ...timeline, belief: { ...belief, at: at + SLOT_MS, heat } }
    }
    const heatKw = shown(townKw(at) + 60 + LOST_KW, k)
    if (heatKw !== undefined) {
      meter.hear({ building: METER, at: at + SLOT_MS, intervalS: 900, readings: { heatKw } })
    }
    meter.learn(members, outlookAt(at), at + SLOT_MS)
  }
}

/** Largest miss of what is expected of the next day, as a share of what the town takes. */
function worstMiss(meter: NetworkMeter, from: number): number {
  const { uncontrolled } = meter.production().network
  if (uncontrolled?.kind !== 'signature') return Number.POSITIVE_INFINITY
  const misses = Array.from({ length: 24 }, (_, k) => {
    const at = from + k * HOUR_MS
    const [kw] = signatureKw(uncontrolled, at, Float64Array.of(outdoorAt(at)), 'UTC')
    return Math.abs(kw! - townKw(at)) / townKw(at)
  })
  return Math.max(...misses)
}
const DAY = 96

describe('demand that nobody steers, learned from the meter of the network', () => {
  it('is what the meter shows less the buildings and the losses, by hour and weather', () => {
    const meter = start()
    live(meter, { slots: 12 * DAY })
    expect(meter.production().network.uncontrolled).toMatchObject({ covers: 'uncontrolled' })
    expect(worstMiss(meter, START + 12 * DAY_MS)).toBeLessThan(0.02)
  })

  it('is as configured until five days were metered', () => {
    const meter = start()
    live(meter, { slots: 4 * DAY })
    expect(meter.production()).toBe(production)
    expect(meter.notes()[0]).toContain('not yet: 95 of 120 h')
  })

  it('survives spikes, zeros and noise, and counts what was less than the buildings take', () => {
    const meter = start()
    const shown = (kw: number, slot: number) => {
      if (slot % 50 === 7) return 40 * kw
      if (slot % 50 === 31) return 0
      return kw * (1 + 0.02 * hashedNormal(3, slot))
    }
    live(meter, { slots: 12 * DAY, shown })
    expect(worstMiss(meter, START + 12 * DAY_MS)).toBeLessThan(0.06)
    expect(meter.notes().join()).toContain('in 23 quarter-hours: less than the buildings')
  })

  it('goes on with what it knows while the meter is silent, and counts it', () => {
    const meter = start()
    live(meter, { slots: 12 * DAY, shown: (kw, slot) => (slot < 10 * DAY ? kw : undefined) })
    expect(worstMiss(meter, START + 12 * DAY_MS)).toBeLessThan(0.05)
    expect(meter.notes().join()).toContain('in 192 quarter-hours: silent')
  })

  it('learns nothing while most of the buildings are silent', () => {
    const meter = start()
    live(meter, { slots: 2 * DAY })
    const before = kept.get('network-load')
    for (let k = 2 * DAY; k < 3 * DAY; k++) {
      const at = START + (k + 1) * SLOT_MS
      meter.hear({ building: METER, at, intervalS: 900, readings: { heatKw: 5000 } })
      meter.learn(members, outlookAt(at - SLOT_MS), at)
    }
    expect(kept.get('network-load')).toBe(before)
    expect(meter.notes().join()).toContain('in 96 quarter-hours: too few buildings heard')
  })

  it('is gone on with after a restart, and begun anew where nobody understands what was kept', () => {
    const meter = start()
    live(meter, { slots: 8 * DAY })
    expect(start().production()).toEqual(meter.production())
    kept.set('network-load', '[[1,2]]')
    expect(start().production()).toBe(production)
  })
})
