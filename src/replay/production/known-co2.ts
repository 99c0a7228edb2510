import { createConstantCo2, createFileCo2 } from '../../adapters/files/file-co2.ts'
import type { Co2Source } from '../../controller/ports.ts'
import type { ReplayWorld } from '../load-series.ts'

/** Emissions of electricity as the controller is told of them: all at once, as the scenario gives them. */
export function knownCo2({ gPerKwh }: Pick<ReplayWorld, 'gPerKwh'>): Co2Source | undefined {
  if (!gPerKwh) return undefined
  const [only = 0] = gPerKwh.values
  return gPerKwh.values.length === 1 ? createConstantCo2(only) : createFileCo2(gPerKwh, 'scenario')
}
