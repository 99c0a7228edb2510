import type { BuildingRun } from '../accumulate.ts'
import { billed } from '../billed.ts'
import { type ControlledResult, runControlled } from '../controlled-run.ts'
import { controlledSetup, type LiveOptions } from '../controlled-setup.ts'
import { fitStreet, modelled } from '../fitted-street.ts'
import { createJobPool } from '../job-pool.ts'
import type { ReplayWorld } from '../load-series.ts'
import { productionTerms } from '../production/replay-production.ts'
import type { Scenario } from '../scenario.ts'
import { drawStreet, type Scene } from '../street.ts'
import type { OrdersReport } from './orders-report.ts'
import { bookOf, ordersOf } from './replay-orders.ts'

/** What became of a scenario's calls and orders, and nothing else of it: two lives instead of all. */
export async function runCalls(
  scenario: Scenario,
  world: ReplayWorld,
  options: LiveOptions,
): Promise<OrdersReport | undefined> {
  const scene: Scene = { scenario, world, street: drawStreet(scenario) }
  const buildings = modelled(scene, await fitted(scene))
  const production = scenario.coordination === 'fleet' ? await productionTerms(scene, undefined) : undefined
  const setup = { ...controlledSetup(scene, buildings, options), production }
  const book = bookOf(scene)
  const called = await runControlled({ ...setup, acts: book.acts })
  const uncalled = await runControlled(setup)
  return ordersOf(scene, book, runsOf(scene, called), { uncalled: runsOf(scene, uncalled) }, called.desk)
}

async function fitted(scene: Scene) {
  const pool = createJobPool(2)
  try {
    return await fitStreet(scene, pool)
  } finally {
    await pool.stop()
  }
}

function runsOf(scene: Scene, { buildings }: ControlledResult): readonly BuildingRun[] {
  return buildings.map((life, i) => billed(scene, scene.street[i]!, life))
}
