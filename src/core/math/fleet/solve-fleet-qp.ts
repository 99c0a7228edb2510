import { type Aim, aimAt } from '../predict-affine.ts'
import { aimBarrier, countPresent } from './barrier.ts'
import { type Certificate, certify } from './certificate.ts'
import { createPlainDense, type Dense } from './dense.ts'
import { type DualPoint, dualPoint } from './dual-point.ts'
import { isFiniteFleet } from './finite-fleet.ts'
import { readFleetPlan, uncoupledPlan, withoutPlan } from './fleet-plan.ts'
import type { FleetMember, FleetQp, FleetQpResult, FleetQpSettings, HeatSource } from './fleet-qp.ts'
import { gateFlows, leastFlows } from './flows.ts'
import { findNetwork, isCoupled, type Network } from './gates.ts'
import { createLocalMembers } from './local-members.ts'
import type { Centred, MemberRounds } from './member-rounds.ts'
import { isPlannable } from './plannable.ts'
import { advancePlant, dearestEurPerKw, type Plant, plantProducts, plantSize } from './plant.ts'
import { isBalanced, missingHeat } from './plant-balance.ts'
import { completePlant, directPlant, factorPlant, tiltPlant } from './plant-direction.ts'
import type { MemberSweeps } from './price-sqp/member-sweeps.ts'
import { solveByPrices } from './price-sqp/solve-by-prices.ts'
import { shortageSource, startPlant } from './start-plant.ts'
import { placeNear } from './warm-plant.ts'

export const fleetSettings: FleetQpSettings = { gap: 1e-4, maxIterations: 60 }

/** Heat that cannot be had costs this many times the dearest there is. */
export const SHORTAGE = 300

// Complementarity of a start, as a multiple of what it costs: a cold plan is anywhere, an earlier one is near.
const COLD = 2
const WARM = 0.3
// A start too near to the limits jams; the cold one then costs less than going on. Two steps tell: from a start that
// is near they leave a tenth of what is missing, from one that jams most of it.
const WARM_ITERATIONS = 15
const TELLING_STEPS = 2
const MOST_LEFT = 0.5
const TO_THE_EDGE = 0.99
// Less centring than this share of the complementarity loses digits and gains nothing.
const LEAST_TARGET = 1e-4
// The certificate takes a round, so it waits until the complementarity is within this many times of the gap.
const WORTH_A_LOOK = 5
// After one in vain, until the gap, which falls with the complementarity, is within this many times of it.
const AGAIN = 2

/**
 * Solves the fleet (see `FleetQp`) by Mehrotra's predictor-corrector over all of it at once, reduced to the prices:
 * each building's part of Newton's system leaves by its own Riccati sweep, each branch's by its own factor, and what
 * is left are the prices at the plant. A city is solved by the search for prices, with the former as its safeguard.
 * Rejects only where the members' rounds or sweeps do.
 */
export async function solveFleetQp(
  qp: FleetQp,
  settings: FleetQpSettings = fleetSettings,
  engine: FleetEngine = referenceEngine(qp, settings),
): Promise<FleetQpResult> {
  if (!isFiniteFleet(qp)) return withoutPlan(qp)
  // Who cannot be planned says nothing of what heat is worth either.
  const sane = { ...qp, members: qp.members.filter((member) => isPlannable(member.qp)) }
  const shortage = shortageSource(qp.n, SHORTAGE * (dearestEurPerKw(sane) || 1e-3))
  const network = findNetwork(qp, shortage.eurPerKw[0])
  if (engine.city) {
    const found = await solveCity({ qp, sane, network, shortage }, engine.city, engine.dense, settings)
    if (found) return found
  }
  const members = await engine.members(network)
  if (!isCoupled(qp, network)) return uncoupledPlan(qp, await members.alone(settings))
  const solve = { qp: sane, network, shortage, members, engine }
  const earlier = settings.warmStart?.nodePrice
  let spent = 0
  if (earlier && earlier.length === qp.nodes.length) {
    const { gap } = settings
    const ended = await iterateFrom(solve, await startWarm(solve, earlier), {
      ...{ gap, maxIterations: WARM_ITERATIONS, mostLeft: MOST_LEFT },
    })
    if (ended.status === 'solved') return readFleetPlan(qp, network, ended, await members.finish())
    spent = ended.iterations
  }
  const ended = await iterateFrom(solve, await startCold(solve), { ...settings, mostLeft: 1 })
  const iterations = spent + ended.iterations
  return readFleetPlan(qp, network, { ...ended, iterations }, await members.finish())
}

/** A first iterate and what it is to be measured against. */
interface Start {
  readonly plant: Plant
  readonly centred: Centred
}

async function startCold({ qp, network, shortage, members, engine }: Solve): Promise<Start> {
  const { heat } = await members.open(false)
  const plant = startPlant(qp, network, heat, shortage, engine.dense(plantSize(network.gates.length, qp.n)))
  return { plant, centred: await members.centre(pricesOf(plant), COLD) }
}

/** Near an earlier plan's heat and prices. */
async function startWarm(
  { qp, network, shortage, members, engine }: Solve,
  nodePrice: readonly Float64Array[],
) {
  const { heat } = await members.open(true)
  const dense = engine.dense(plantSize(network.gates.length, qp.n))
  const plant = startPlant(qp, network, heat, shortage, dense, true)
  const earlier = network.gates.map(({ node }) => nodePrice[node])
  const flows = { usual: gateFlows(network, heat), least: leastFlows(network) }
  placeNear(qp, plant, flows, earlier, (WARM * plant.scaleEur) / (8 * qp.n))
  return { plant, centred: await members.centre(pricesOf(plant), WARM) }
}

/** What does the work. */
export interface FleetEngine {
  members(network: Network): MemberRounds | Promise<MemberRounds>
  /** With room for so many numbers. */
  dense(count: number): Dense
  /** Present for a fleet so large that buildings are better swept one after the other than kept at work together. */
  readonly city?: CityEngine
}

export interface CityEngine {
  sweeps(network: Network): MemberSweeps | Promise<MemberSweeps>
  /** Whether there is the memory for the interior point over all, should the search fail. */
  readonly isSafeguarded: boolean
  /** The rounds of a few members, in this thread. */
  core(members: readonly FleetMember[], network: Network): MemberRounds
}

/** Undefined where the search found no plan that is proven, and the interior point can be asked. */
async function solveCity(
  { qp, sane, network, shortage }: Pick<Solve, 'qp' | 'network' | 'shortage'> & { readonly sane: FleetQp },
  { sweeps: sweepsOf, core, isSafeguarded }: CityEngine,
  dense: FleetEngine['dense'],
  settings: FleetQpSettings,
): Promise<FleetQpResult | undefined> {
  const sweeps = await sweepsOf(network)
  if (!isCoupled(qp, network)) return uncoupledPlan(qp, await sweeps.alone(settings))
  const solveCore = (members: readonly FleetMember[]) =>
    solveFleetQp({ ...qp, members }, fleetSettings, { members: (own) => core(members, own), dense })
  const ended = await solveByPrices({ qp: sane, network, shortage, sweeps, dense, solveCore }, settings)
  if (ended?.status !== 'solved' && isSafeguarded) return undefined
  if (!ended) throw new Error('the search for prices ended without a plan')
  return readFleetPlan(qp, network, ended, await sweeps.finish())
}

/** All of it readable, and in this thread. */
function referenceEngine(qp: FleetQp, { warmStart }: FleetQpSettings): FleetEngine {
  return {
    members: (network) => createLocalMembers(qp.members, network, warmStart?.u),
    dense: createPlainDense,
  }
}

interface Solve {
  readonly qp: FleetQp
  readonly network: Network
  readonly shortage: HeatSource
  readonly members: MemberRounds
  readonly engine: FleetEngine
}

export interface Ended {
  readonly status: 'solved' | 'max-iterations'
  readonly iterations: number
  readonly certificate: Certificate
  readonly dual: DualPoint
}

interface Limits extends Pick<FleetQpSettings, 'gap' | 'maxIterations'> {
  /** Largest share of what is missing at the start that the telling steps may leave. */
  readonly mostLeft: number
}

async function iterateFrom(solve: Solve, start: Start, limits: Limits): Promise<Ended> {
  try {
    return await iterate(solve, start, limits)
  } finally {
    start.plant.dense.release()
  }
}

async function iterate(solve: Solve, { plant, centred }: Start, limits: Limits): Promise<Ended> {
  const { members } = solve
  const { gap, maxIterations, mostLeft } = limits
  const { rows, weightedRows, scaleEur } = centred
  const ownRows = plant.barriers.reduce((sum, barrier) => sum + countPresent(barrier), 0)
  let step = 0
  let left = 1
  let worthALook = Number.POSITIVE_INFINITY
  for (let k = 0; ; k++) {
    const factored = await members.factor(pricesOf(plant), step)
    const mu = (factored.products + plantProducts(plant)) / (rows + ownRows)
    const rest = missingHeat(plant, factored.heat)
    const near =
      mu < worthALook &&
      mu * (weightedRows + ownRows * plant.scaleEur) < WORTH_A_LOOK * gap * Math.max(scaleEur, plant.scaleEur)
    const isLast = k === maxIterations || (k === TELLING_STEPS && left > mostLeft)
    if ((near && isBalanced(plant, rest)) || isLast) {
      const { certificate, dual } = await look(solve, plant)
      const solved = isFine(certificate, gap)
      worthALook = (AGAIN * mu * gap * certificate.bill) / (certificate.upper - certificate.lower)
      if (solved || isLast) {
        return { status: solved ? 'solved' : 'max-iterations', iterations: k, certificate, dual }
      }
    }
    factorPlant(plant, factored.answer)
    directPlant(plant, sums(rest, factored.change))
    const aim = fleetAim(Math.max(await members.predict(changesOf(plant)), completePlant(plant)), mu)
    for (const barrier of plant.barriers) aimBarrier(barrier, aim.target * plant.scaleEur, aim.trust)
    tiltPlant(plant)
    directPlant(plant, sums(rest, await members.correct(aim)))
    const steepest = Math.max(await members.direct(changesOf(plant)), completePlant(plant), 1e-30)
    step = Math.min(1, TO_THE_EDGE / steepest)
    left *= 1 - step
    advancePlant(plant, step)
  }
}

/** One aim for all: what is far from the edge waits for what is near it. */
function fleetAim(steepest: number, mu: number): Aim {
  const { target, trust } = aimAt(steepest, mu)
  return { target: Math.max(LEAST_TARGET * mu, target), trust }
}

async function look({ qp, network, shortage, members }: Solve, plant: Plant) {
  const dual = dualPoint(plant, shortage)
  return {
    dual,
    certificate: certify(qp, network, plant, dual, shortage, await members.certify(dual.prices)),
  }
}

function isFine({ upper, lower, bill }: Certificate, gap: number): boolean {
  return upper - lower <= gap * bill
}

const pricesOf = ({ gates }: Plant) => gates.map(({ price }) => price)
const changesOf = ({ gates }: Plant) => gates.map(({ dPrice }) => dPrice)

function sums(a: readonly Float64Array[], b: readonly Float64Array[]): Float64Array[] {
  return a.map((row, i) => row.map((value, k) => value + b[i][k]))
}
