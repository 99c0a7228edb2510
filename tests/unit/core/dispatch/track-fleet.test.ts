import { describe, expect, it } from 'vitest'
import {
  type Tracked,
  type TrackedBuilding,
  type TrackProblem,
  trackFleet,
} from '../../../../src/core/dispatch/track-fleet.ts'
import type { TrackMemory } from '../../../../src/core/dispatch/track-memory.ts'
import { type BuildingId, parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import { hashedNormal } from '../../../../src/core/domain/chance.ts'
import { MINUTE_MS } from '../../../../src/core/domain/instant.ts'

const id = (k: number): BuildingId => parseBuildingId(`b-${String(k).padStart(3, '0')}`)!
const T0 = Date.UTC(2024, 0, 15, 6)

function building(k: number, change: Partial<TrackedBuilding> = {}): TrackedBuilding {
  return {
    building: id(k),
    expectedKw: 50,
    missKw: 0,
    metered: { from: T0 - 15 * MINUTE_MS, to: T0 },
    follows: true,
    isProtected: false,
    offsetK: -4,
    plannedOffsetK: -4,
    kwPerK: 2,
    downKw: 20,
    upKw: 20,
    writesLeft: 5,
    stepK: 0.5,
    deadbandK: 1,
    burdenKh: 0,
    ...change,
  }
}

function problem(buildings: readonly TrackedBuilding[], change: Partial<TrackProblem> = {}): TrackProblem {
  return { now: T0, side: 'at-most', committedKw: 1000, buildings, ...change }
}

const fleet = (change: (k: number) => Partial<TrackedBuilding> = () => ({})) =>
  Array.from({ length: 20 }, (_, k) => building(k, change(k)))

/** Looks every 30 s for `minutes`, so that what meters show is believed. */
function lookFor(minutes: number, given: TrackProblem): Tracked {
  let memory: TrackMemory | undefined
  let tracked = trackFleet(given, undefined)
  for (let k = 0; k <= 2 * minutes; k++) {
    tracked = trackFleet({ ...given, now: given.now + 0.5 * k * MINUTE_MS }, memory)
    memory = { ...tracked.memory, moves: [] }
  }
  return tracked
}

describe('trackFleet', () => {
  it('leaves everything alone while the commitment is kept', () => {
    const { moves, status } = trackFleet(problem(fleet()), undefined)
    expect(moves).toEqual([])
    expect(status).toMatchObject({ estimatedKw: 1000, unmetKw: 0, dropped: [], silent: [] })
  })

  it('lets others take the share of a building that dropped out, at once and no more than it', () => {
    const buildings = fleet((k) => (k === 3 ? { follows: false, expectedKw: 75 } : {}))
    const { moves, status } = trackFleet(problem(buildings), undefined)
    const changeKw = moves.reduce((sum, move) => sum + move.changeKw, 0)
    expect(changeKw).toBeLessThanOrEqual(-15)
    expect(changeKw).toBeGreaterThanOrEqual(-25)
    expect(moves.every(({ building: one }) => one !== id(3))).toBe(true)
    expect(status.dropped).toEqual([id(3)])
    expect(status.unmetKw).toBe(0)
  })

  it('asks those who gave least first', () => {
    const buildings = fleet((k) => ({
      burdenKh: k === 7 ? 0.5 : 2,
      ...(k === 3 && { follows: false, expectedKw: 65 }),
    }))
    const { moves } = trackFleet(problem(buildings), undefined)
    expect(moves.map((move) => move.building)).toEqual([id(7)])
  })

  it.each([
    { name: 'is protected', change: { isProtected: true } },
    { name: 'has no writes for a move and the way back', change: { writesLeft: 1 } },
    { name: 'has no room', change: { downKw: 0 } },
    { name: 'has less room than is worth a write', change: { downKw: 1.5 } },
    { name: 'has gone mad', change: { kwPerK: Number.NaN } },
    { name: 'answers to nothing', change: { kwPerK: 0 } },
    { name: 'does not follow', change: { follows: false } },
  ])('asks nothing of a building that $name', ({ change }) => {
    const buildings = fleet((k) => (k === 0 ? { follows: false, expectedKw: 90 } : change))
    const { moves, status } = trackFleet(problem(buildings), undefined)
    expect(moves).toEqual([])
    expect(status.unmetKw).toBeCloseTo(40, 6)
  })

  it('does what it can with half of the fleet gone, and says what is missing', () => {
    const buildings = fleet((k) => (k < 10 ? { follows: false, missKw: null, expectedKw: 90 } : {}))
    const { moves, status } = trackFleet(problem(buildings), undefined)
    expect(moves.map((move) => move.changeKw)).toEqual(new Array(10).fill(-20))
    expect(status.unmetKw).toBe(200)
    expect(status.dropped).toHaveLength(10)
    expect(status.silent).toHaveLength(10)
  })

  it('believes meters only after some minutes, and a wild one never', () => {
    const over = fleet(() => ({ missKw: 3 }))
    expect(trackFleet(problem(over), undefined).moves).toEqual([])
    const later = lookFor(30, problem(over))
    expect(later.status.biasKw).toBeCloseTo(60, -1)
    expect(later.moves.length).toBeGreaterThan(0)
    const wild = lookFor(60, problem(fleet((k) => (k === 0 ? { missKw: 1e6 } : {}))))
    expect(wild.status.biasKw).toBeLessThanOrEqual(300)
    const broken = lookFor(
      5,
      problem(fleet((k) => (k === 0 ? { missKw: Number.NaN, expectedKw: Number.NaN } : {}))),
    )
    expect(Number.isFinite(broken.status.estimatedKw)).toBe(true)
  })

  it('turns round for a commitment of at least so much', () => {
    const buildings = fleet((k) => (k === 3 ? { follows: false, expectedKw: 20 } : {}))
    const { moves } = trackFleet(problem(buildings, { side: 'at-least' }), undefined)
    const changeKw = moves.reduce((sum, move) => sum + move.changeKw, 0)
    expect(changeKw).toBeGreaterThanOrEqual(20)
    expect(changeKw).toBeLessThanOrEqual(30)
  })

  it('gives back only what it moved itself, from the most burdened on', () => {
    const buildings = fleet((k) => {
      if (k === 1) return { offsetK: -9, burdenKh: 1, expectedKw: 50 }
      if (k === 2) return { offsetK: -9, burdenKh: 3, expectedKw: 50 }
      return {}
    })
    const { moves } = trackFleet(problem(buildings, { committedKw: 1035 }), undefined)
    expect(moves.map((move) => move.building)).toEqual([id(2), id(1), id(0)].slice(0, moves.length))
    expect(moves.every(({ building: one }) => one === id(2) || one === id(1))).toBe(true)
    expect(moves[0]).toMatchObject({ building: id(2), offsetK: -4, changeKw: 10 })
    expect(trackFleet(problem(fleet(), { committedKw: 1035 }), undefined).moves).toEqual([])
  })

  it.each([{ committedKw: 0 }, { committedKw: -50 }])(
    'takes a commitment of $committedKw kW for what it is',
    ({ committedKw }) => {
      const { status } = trackFleet(problem(fleet(), { committedKw }), undefined)
      expect(Number.isFinite(status.unmetKw)).toBe(true)
      expect(status.unmetKw).toBeGreaterThan(500)
    },
  )

  it('has nothing to do without buildings', () => {
    const { moves, status } = trackFleet(problem([], { committedKw: 0 }), undefined)
    expect(moves).toEqual([])
    expect(status).toMatchObject({ estimatedKw: 0, unmetKw: 0 })
  })
})

/** Forty houses whose heat answers to their offset late, and not as expected; meters report every quarter-hour. */
function plant(seed: number) {
  const houses = Array.from({ length: 40 }, (_, k) => ({
    id: id(k),
    wish: -4,
    felt: -4,
    answer: 1 + 0.25 * hashedNormal(seed, k),
    baseKw: 58 * (1 + 0.06 * hashedNormal(seed, 99, k)) + 2,
    writes: 0,
    sum: 0,
    count: 0,
    meteredKw: 50,
    isGone: false,
  }))
  const KW_PER_K = 2
  return {
    houses,
    minute() {
      for (const house of houses) {
        house.felt += (house.wish - house.felt) / 15
        const kw = house.baseKw + house.answer * KW_PER_K * house.felt
        house.sum += kw
        house.count++
      }
      return houses.reduce((sum, { baseKw, answer, felt }) => sum + baseKw + answer * KW_PER_K * felt, 0)
    },
    report() {
      for (const house of houses) {
        house.meteredKw = house.sum / house.count
        house.sum = 0
        house.count = 0
      }
    },
  }
}

describe('tracking a fleet that answers late', () => {
  it.each([1, 2, 3, 4, 5])(
    'comes to its commitment and stays there, also when houses drop out (seed %i)',
    (seed) => {
      const { houses, minute, report } = plant(seed)
      const committedKw = 40 * 50
      let memory: TrackMemory | undefined
      let reported = T0
      const last: number[] = []
      let afterDrop = 0
      for (let m = 0; m < 240; m++) {
        const now = T0 + m * MINUTE_MS
        if (m === 120) for (const house of houses.slice(0, 6)) Object.assign(house, { isGone: true, wish: 0 })
        const flow = minute()
        if (m % 15 === 14) {
          report()
          reported = now
        }
        if (m >= 90 && m < 120) last.push(flow)
        if (m >= 200) afterDrop += flow / 40
        const buildings = houses.map((house, k) =>
          building(k, {
            expectedKw: house.isGone ? 58 : 50,
            missKw: m < 15 ? null : house.meteredKw - (house.isGone ? 58 : 50),
            metered: { from: reported - 15 * MINUTE_MS, to: reported },
            follows: !house.isGone,
            offsetK: house.wish,
            downKw: Math.max(0, 2 * (house.wish + 12)),
            writesLeft: 6 - house.writes,
            burdenKh: -0.1 * house.wish,
          }),
        )
        const tracked = trackFleet({ now, side: 'at-most', committedKw, buildings }, memory)
        memory = tracked.memory
        for (const move of tracked.moves) {
          const house = houses.find((one) => one.id === move.building)!
          house.wish = move.offsetK
          house.writes++
        }
      }
      const settled = last.reduce((sum, kw) => sum + kw, 0) / last.length
      expect(settled / committedKw).toBeLessThan(1.02)
      expect(afterDrop / committedKw).toBeLessThan(1.025)
      expect(afterDrop / committedKw).toBeGreaterThan(0.93)
      // It hunts nobody: a write or two each in four hours.
      expect(Math.max(...houses.map(({ writes }) => writes))).toBeLessThanOrEqual(3)
      expect(houses.reduce((sum, { writes }) => sum + writes, 0)).toBeLessThan(60)
    },
  )
})
