import {
  type Actuator,
  type ActuatorKind,
  BUILDING_KINDS,
  type Building,
  type BuildingKind,
} from '../src/core/domain/building.ts'
import { parseBuildingId } from '../src/core/domain/building-id.ts'
import type { Tariff } from '../src/core/domain/tariff.ts'
import type { BuildingSpec } from './building-spec.ts'
import { drawBuilding, type Plot } from './draw-building.ts'
import { heatPumpCapacityKw } from './heat-pump.ts'

export interface FleetDraw {
  readonly seed: number
  readonly count: number
  /** Shares by kind; they need not add up to one. */
  readonly mix?: Partial<Record<BuildingKind, number>> | undefined
  /** Of every building; else 6 to 14. */
  readonly zones?: number | undefined
  /** Of the concrete blocks, those with a meter and no indoor sensor; 0 where left out. */
  readonly meterOnlyShare?: number | undefined
  /** Shares of the buildings by branch of the network; all stand at the plant where left out. */
  readonly branches?: Readonly<Record<string, number>> | undefined
}

const USUAL_MIX: Readonly<Record<BuildingKind, number>> = {
  'concrete-block': 0.5,
  'insulated-block': 0.15,
  school: 0.1,
  'row-house': 0.15,
  'heat-pump-block': 0.1,
}

/** The same seed, count and mix give the same fleet; kinds are apportioned, all else is drawn. */
export function drawFleet(fleet: FleetDraw): readonly BuildingSpec[] {
  const counts = new Map<BuildingKind, number>()
  let concrete = 0
  const branches = apportion(fleet.branches ?? {}, fleet.count)
  return apportionKinds(fleet).map((kind) => {
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    const share = fleet.meterOnlyShare ?? 0
    const isMeterOnly =
      kind === 'concrete-block' && Math.floor((concrete + 1) * share) > Math.floor(concrete * share)
    if (kind === 'concrete-block') concrete++
    const spec = drawBuilding(plotOf(fleet, kind, number, !isMeterOnly))
    // Counted within its kind, so that every branch has some of each.
    const branch = branches[number - 1]
    return branch === undefined ? spec : { ...spec, branch }
  })
}

function plotOf(fleet: FleetDraw, kind: BuildingKind, number: number, hasIndoor: boolean): Plot {
  const padded = String(number).padStart(String(fleet.count).length, '0')
  const id = parseBuildingId(`${kind}-${padded}`)
  if (id === undefined) throw new RangeError(`no building id: ${kind}-${padded}`)
  const words = kind.replaceAll('-', ' ')
  const name = `${words[0]!.toUpperCase()}${words.slice(1)} ${number}`
  return { id, name, kind, seed: fleet.seed, zones: fleet.zones, hasIndoor }
}

/** Kinds in their usual order, so that a mix gives the same street however it is written. */
function apportionKinds({ mix = USUAL_MIX, count }: FleetDraw): BuildingKind[] {
  const shares = BUILDING_KINDS.map((kind) => [kind, mix[kind] ?? 0] as const)
  return apportion(Object.fromEntries(shares) as Record<BuildingKind, number>, count)
}

/** Seats by largest claim (D'Hondt's rival Sainte-Laguë), so that names interleave and shares are kept. */
function apportion<N extends string>(shares: Readonly<Record<N, number>>, count: number): N[] {
  const names = (Object.keys(shares) as N[]).filter((name) => shares[name] > 0)
  const seats = new Map<N, number>()
  return Array.from({ length: names.length > 0 ? count : 0 }, () => {
    const claim = (name: N) => shares[name] / (2 * (seats.get(name) ?? 0) + 1)
    const next = names.reduce((best, name) => (claim(name) > claim(best) ? name : best))
    seats.set(next, (seats.get(next) ?? 0) + 1)
    return next
  })
}

/** The nameplates: the exchanger's design heat, or compressor and backup together. */
function mostSpaceKw(spec: BuildingSpec): number {
  if (!spec.heatPump) return spec.substation.designKw
  return heatPumpCapacityKw(spec.heatPump, -7) + spec.heatPump.backupKw
}

export interface InstallerTerms {
  readonly comfort: Building['comfort']
  readonly tariff: Tariff
  /** What may be moved from outside; the curve's offset where left out. */
  readonly actuator?: ActuatorKind | undefined
}

/** What an honest installer would write down: no fitted model, nothing about valves, people or imbalance. */
export function installerView(spec: BuildingSpec, terms: InstallerTerms): Building {
  return {
    id: spec.id,
    name: spec.name,
    kind: spec.kind,
    floorAreaM2: spec.floorAreaM2,
    builtYear: spec.builtYear,
    persons: spec.persons,
    comfort: terms.comfort,
    actuator: installedActuator(spec, terms.actuator ?? 'supplyOffsetK'),
    tariff: terms.tariff,
    curve: spec.substation.curve,
    supplyMinC: spec.substation.supplyMinC,
    supplyMaxC: spec.substation.supplyMaxC,
    maxHeatKw: Math.round(mostSpaceKw(spec)),
    hasIndoorSensor: spec.sensors.hasIndoor,
    branch: spec.branch,
  }
}

/** How far each actuator may be moved from outside, and in which steps. */
function installedActuator(spec: BuildingSpec, kind: ActuatorKind): Actuator {
  const { supplyMinC, supplyMaxC } = spec.substation
  const ranges = {
    supplyOffsetK: { min: -20, max: 10, step: 0.5 },
    roomSetpointC: { min: 15, max: 24, step: 0.5 },
    supplyC: { min: supplyMinC, max: supplyMaxC, step: 0.5 },
    heatLimitKw: { min: 0, max: Math.round(mostSpaceKw(spec)), step: 1 },
  }
  return { kind, ...ranges[kind], deadband: 1, writesPerDay: 12 }
}
