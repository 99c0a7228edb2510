import { expect, it } from 'vitest'
import { KW_PER_M3H_K } from '../../../simulators/network.ts'
import { flowsThrough, type Stream, sizePipes } from '../../../simulators/pipes.ts'

const SLOTS = 192
const SUPPLY_C = 100
const supplyC = new Float64Array(SLOTS).fill(SUPPLY_C)

/** What consumers of one kind draw: their flow and return by the quarter-hour. */
function drawn(flow: (k: number) => number, returnC: (k: number) => number): Stream {
  const series = (of: (k: number) => number) => Float64Array.from({ length: SLOTS }, (_, k) => of(k))
  return {
    heatKw: series((k) => flow(k) * KW_PER_M3H_K * (SUPPLY_C - returnC(k))),
    flowM3h: series(flow),
    flowReturn: series((k) => flow(k) * returnC(k)),
  }
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)

function into(terms: Parameters<typeof sizePipes>[0], streams: ReadonlyMap<string, Stream>) {
  const flows = flowsThrough(sizePipes(terms, streams, supplyC), streams, supplyC)
  return new Map([...flows].map(([id, { entering }]) => [id, entering]))
}

it('draws what its consumers draw where pipes neither lose nor delay', () => {
  const stream = drawn(
    (k) => 10 + (k % 7),
    () => 45,
  )
  const flows = into([{ id: 'north', lossRatio: 0, delayMinutes: 0 }], new Map([['north', stream]]))
  for (let k = 0; k < SLOTS; k++)
    expect(flows.get('north')?.heatKw[k]).toBeCloseTo(stream.heatKw[k] ?? Number.NaN, 6)
})

it('loses in the mean what its operator says, and a larger share when little is drawn', () => {
  const stream = drawn(
    (k) => (k < 96 ? 20 : 5),
    () => 45,
  )
  const flow = into([{ id: 'north', lossRatio: 0.08, delayMinutes: 0 }], new Map([['north', stream]])).get(
    'north',
  )
  if (!flow) throw new Error('no flow')
  expect(sum(flow.heatKw) / sum(stream.heatKw)).toBeCloseTo(1.08, 3)
  const lossRatio = (k: number) => (flow.heatKw[k] ?? 0) / (stream.heatKw[k] ?? 1) - 1
  expect(lossRatio(150)).toBeGreaterThan(3 * lossRatio(50))
})

it('feels a closing valve at once and the cooler return a pipe later', () => {
  const delayMinutes = 45
  const cooler = drawn(
    () => 10,
    (k) => (k < 96 ? 50 : 40),
  )
  const late = into([{ id: 'north', lossRatio: 0, delayMinutes }], new Map([['north', cooler]])).get('north')
  expect(late?.heatKw[95]).toBeCloseTo(10 * KW_PER_M3H_K * 50)
  expect(late?.heatKw[98]).toBeCloseTo(10 * KW_PER_M3H_K * 50)
  expect(late?.heatKw[99]).toBeCloseTo(10 * KW_PER_M3H_K * 60)

  const closing = drawn(
    (k) => (k < 96 ? 10 : 6),
    () => 50,
  )
  const atOnce = into([{ id: 'north', lossRatio: 0, delayMinutes }], new Map([['north', closing]])).get(
    'north',
  )
  expect(atOnce?.heatKw[95]).toBeCloseTo(10 * KW_PER_M3H_K * 50)
  expect(atOnce?.heatKw[96]).toBeCloseTo(6 * KW_PER_M3H_K * 50)
})

it('neither makes nor loses heat by delaying it', () => {
  const stream = drawn(
    (k) => 12 + 6 * Math.sin(k / 5),
    (k) => 45 + 5 * Math.cos(k / 9),
  )
  const flow = into([{ id: 'north', lossRatio: 0, delayMinutes: 35 }], new Map([['north', stream]])).get(
    'north',
  )
  // All but what is still in the pipe: 10 K of a volume at the most.
  expect(Math.abs(sum(flow?.heatKw ?? stream.heatKw) - sum(stream.heatKw)) / 4).toBeLessThan(
    12 * (35 / 60) * 10 * KW_PER_M3H_K,
  )
})

it('adds branches into the pipe that feeds them, losses and all', () => {
  const terms = [
    { id: 'trunk', lossRatio: 0.05, delayMinutes: 0 },
    { id: 'west', parent: 'trunk', lossRatio: 0.1, delayMinutes: 0 },
    { id: 'east', parent: 'trunk', lossRatio: 0, delayMinutes: 0 },
  ]
  const streams = new Map([
    [
      'west',
      drawn(
        () => 10,
        () => 45,
      ),
    ],
    [
      'east',
      drawn(
        () => 4,
        () => 50,
      ),
    ],
    [
      'trunk',
      drawn(
        () => 1,
        () => 50,
      ),
    ],
  ])
  const flows = into(terms, streams)
  const heat = (id: string, of: ReadonlyMap<string, Stream>) => of.get(id)?.heatKw[10] ?? Number.NaN
  expect(heat('west', flows)).toBeCloseTo(1.1 * heat('west', streams))
  const leaving = heat('west', flows) + heat('east', flows) + heat('trunk', streams)
  expect(heat('trunk', flows)).toBeCloseTo(1.05 * leaving)
})

it('tells what arrives from what is taken: the pipe’s own loss is not the branch’s', () => {
  const stream = drawn(
    () => 10,
    () => 45,
  )
  const streams = new Map([['north', stream]])
  const pipes = sizePipes([{ id: 'north', lossRatio: 0.1, delayMinutes: 5 }], streams, supplyC)
  const { entering, arriving } = flowsThrough(pipes, streams, supplyC).get('north') ?? {}
  expect(arriving?.heatKw).toEqual(stream.heatKw)
  expect(entering?.heatKw[9]).toBeCloseTo(1.1 * (stream.heatKw[9] ?? Number.NaN))
})

it('stays finite where nothing flows', () => {
  const still = drawn(
    () => 0,
    () => 0,
  )
  const flow = into([{ id: 'north', lossRatio: 0.1, delayMinutes: 20 }], new Map([['north', still]])).get(
    'north',
  )
  expect(flow?.heatKw.every(Number.isFinite)).toBe(true)
  expect(into([{ id: 'north', lossRatio: 0.1, delayMinutes: 20 }], new Map()).get('north')?.heatKw[3]).toBe(0)
})
