import { discretiseLti } from '../../math/discretise-lti.ts'
import { boxSystem, HEAT } from './box-system.ts'
import { type GreyBox, massConductances, type Shape } from './grey-box.ts'

/** The hours after which a building's answer to heat is judged: about as long as one wave of prices. */
export const RESPONSE_HOURS = 2

/** How much warmer the air is `hours` after one more kW began, K/kW. */
export function responseKPerKw(box: GreyBox, shape: Shape, hours: number): number {
  const system = boxSystem(box, shape)
  return discretiseLti(system, hours).g[HEAT]
}

/** Of the slow and the fast exchange, hours; one of them where there is no mass. */
export function timeConstants(box: GreyBox, shape: Shape): { slowHours: number; fastHours: number | null } {
  if (!shape.hasMass) return { slowHours: box.airKwhPerK / box.lossKwPerK, fastHours: null }
  const { coupling, massLoss } = massConductances(box)
  const airRate = (coupling + box.airLossRatio * box.lossKwPerK) / box.airKwhPerK
  const massRate = (coupling + massLoss) / box.massKwhPerK
  const half = (airRate - massRate) / 2
  const cross = (coupling / box.airKwhPerK) * (coupling / box.massKwhPerK)
  const fast = (airRate + massRate) / 2 + Math.sqrt(half * half + cross)
  return { slowHours: fast / (airRate * massRate - cross), fastHours: 1 / fast }
}
