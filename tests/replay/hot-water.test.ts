import { beforeAll, describe, expect, it } from 'vitest'
import type { BuildingTrace } from '../../src/replay/trace.ts'
import { readScenario, replayHere } from '../fixtures/replay.ts'

// One price all day: nothing but hot water tells the morning from the night.
const SCENARIO = `
name: hot-water
seed: 31
start: '2024-01-15T00:00:00+02:00'
days: 4
warmUpDays: 4
fleet: { count: 4, mix: { concrete-block: 3, insulated-block: 1 }, models: prior }
prices: synthetic
weather: synthetic
tariff: { kind: flat, eurPerMwh: 90 }
forecast: { error: low }
`

type Life = { readonly asFound: BuildingTrace; readonly controlled: BuildingTrace }

describe('hot water, while rooms are steered', () => {
  let lives: readonly Life[]
  beforeAll(async () => {
    const { runs } = (await replayHere(readScenario(SCENARIO))).result
    lives = runs.controlled.map(({ trace }, i) => ({ controlled: trace, asFound: runs.asFound[i]!.trace }))
  })

  it('is served as it was found, to the watt', () => {
    for (const { asFound, controlled } of lives) {
      expect(Math.max(...asFound.dhwKw)).toBeGreaterThan(20)
      expect(Array.from(controlled.dhwKw)).toEqual(Array.from(asFound.dhwKw))
    }
  })

  it('has room heating step back in the two hours in which most of it is drawn', () => {
    const changes = lives.map((life) => ({
      morning: changePercent(life, (k) => isMorning(k)),
      else: changePercent(life, (k) => !isMorning(k)),
    }))
    process.stdout.write(`room heating against as found, %: ${JSON.stringify(changes)}\n`)
    for (const change of changes) expect(change.morning).toBeLessThan(change.else)
    const morePercent =
      changes.reduce((sum, change) => sum + change.morning - change.else, 0) / changes.length
    expect(morePercent).toBeLessThan(-3)
  })
})

/** From seven to nine, when people draw about twice the mean. */
function isMorning(slot: number): boolean {
  const hour = (slot % 96) / 4
  return hour >= 7 && hour < 9
}

/** Room heating of some slots, controlled against as found. */
function changePercent({ asFound, controlled }: Life, isCounted: (slot: number) => boolean): number {
  let [found, now] = [0, 0]
  for (let k = 0; k < asFound.spaceHeatKw.length; k++) {
    if (!isCounted(k)) continue
    found += asFound.spaceHeatKw[k]!
    now += controlled.spaceHeatKw[k]!
  }
  return Math.round(1000 * (now / found - 1)) / 10
}
