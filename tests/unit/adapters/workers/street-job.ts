import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'
import type { FleetJob } from '../../../../src/core/plan/fleet-job.ts'
import type { PlanJob } from '../../../../src/core/plan/plan-job.ts'

const N = 48
const flat = (value: number) => new Float64Array(N).fill(value)

export function houseJob(i: number): PlanJob {
  return {
    building: parseBuildingId(`b-${i}`)!,
    ...{ madeAt: 0, start: 0, airC: 20.6 + 0.01 * (i % 20), massC: 20.3, heatKw: 60 },
    model: {
      airKwhPerK: 9 + (i % 7),
      massKwhPerK: 300 + 40 * (i % 5),
      couplingKwPerK: 70,
      airLossKwPerK: 2.2,
      massLossKwPerK: 1.5,
      apertureM2: 60,
      gainsKw: 12,
      heatToAirRatio: 0.65,
    },
    ...{ outdoorC: flat(-8), solarWm2: flat(0), gainsKw: flat(0), eurPerKwh: flat(0.06) },
    ...{
      curveHeatKw: flat(95),
      minHeatKw: flat(10),
      maxHeatKw: flat(180),
      minC: flat(20.1),
      maxC: flat(22.5),
    },
    ...{ warmEurPerKh: 10, earlierKw: undefined, rateKw: 90 },
  }
}

/** A street under a cap that binds. */
export function streetJob(size: number): FleetJob {
  const nodes = [{ parent: -1, fixedKw: flat(0), capKw: flat(80 * size), lossRatio: 0, delaySteps: 0 }]
  return {
    members: Array.from({ length: size }, (_, i) => ({ job: houseJob(i), node: 0, weight: 1 })),
    ...{ nodes, stores: [], sources: [], limits: [], peakEurPerKw: 0 },
    ...{ co2CapKg: Number.POSITIVE_INFINITY, objective: 'owner' },
  }
}
