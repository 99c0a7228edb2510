import type { Building } from '../domain/building.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../domain/instant.ts'
import type { CircuitReading, Sample } from '../domain/telemetry.ts'
import type { ActuatorBelief, Belief } from './belief.ts'
import { signatureHeatKw } from './signature.ts'
import type { World } from './world.ts'

/** EN 442 radiators follow their supply in 15 to 20 minutes (DOMAIN 5.2). */
const RADIATOR_HOURS = 0.3
const SHORT_K = 3

/** The offset in force, what of it the radiators feel, and whether the plant can follow at all. */
export function observeActuator(
  belief: Belief,
  building: Building,
  sample: Sample,
  world: World,
  outdoorC: number,
): ActuatorBelief {
  const past = belief.actuator
  const hours = belief.samples === 0 ? 1 : (sample.at - belief.at) / HOUR_MS
  const offset = offsetInForce(building, sample, world)
  const isShort = isSupplyShort(building, sample, offset)
  const isStill = hasNoFlow(sample) && signatureHeatKw(belief.signature, outdoorC) > 0.1 * building.maxHeatKw
  const shortSince = isShort ? (past.shortSince ?? sample.at) : null
  return {
    ...past,
    offset,
    laggedOffset: offset + (past.laggedOffset - offset) * Math.exp(-hours / RADIATOR_HOURS),
    shortSince,
    noFlowSince: isStill ? (past.noFlowSince ?? sample.at) : null,
    limitKw: isHeldFor(shortSince, 60, sample.at) ? (past.limitKw ?? belief.heat.spaceKw) : null,
  }
}

/** Whether it began at least `minutes` before `at`. */
export function isHeldFor(since: Instant | null, minutes: number, at: Instant): boolean {
  return since !== null && at - since >= minutes * MINUTE_MS
}

// What was acknowledged is free of sensor noise; without it the supply itself must tell.
function offsetInForce(building: Building, sample: Sample, world: World): number {
  const said = world.offsetAt?.(sample.at)
  if (said !== undefined) return said
  const { supplyC, curveSupplyC } = sample.readings
  const isSupply = building.actuator.kind === 'supplyOffsetK' || building.actuator.kind === 'supplyC'
  return isSupply && supplyC !== undefined && curveSupplyC !== undefined ? supplyC - curveSupplyC : 0
}

function isSupplyShort(building: Building, sample: Sample, offset: number): boolean {
  const { supplyC, curveSupplyC } = sample.readings
  if (building.actuator.kind !== 'supplyOffsetK' || supplyC === undefined || curveSupplyC === undefined)
    return false
  return supplyC < Math.min(building.supplyMaxC, curveSupplyC + offset) - SHORT_K
}

function hasNoFlow(sample: Sample): boolean {
  const heating = Object.values(sample.readings.circuits ?? {}).filter(isHeating)
  if (heating.some((circuit) => circuit.pumpOn !== undefined))
    return heating.every(({ pumpOn }) => pumpOn === false)
  return sample.readings.flowM3h === 0 && sample.readings.heatKw === 0
}

function isHeating(circuit: CircuitReading): boolean {
  return circuit.kind === 'radiator' || circuit.kind === 'floor' || circuit.kind === undefined
}
