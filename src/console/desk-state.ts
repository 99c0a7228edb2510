import type {
  AuditEntry,
  BuildingSummary,
  Fleet,
  FleetPlan,
  Forecast,
  Health,
  Order,
  Rejection,
} from './api-types.ts'
import type { LiveEvent } from './live-stream.ts'

export interface DeskState {
  readonly connection: 'connecting' | 'live' | 'lost'
  /** The controller's clock when it last spoke. */
  readonly at: number | null
  readonly fleet: Fleet | null
  readonly plan: FleetPlan | null
  readonly forecast: Forecast | null
  readonly health: Health | null
  /** Newest first. */
  readonly orders: readonly Order[]
  readonly rejected: readonly Rejection[]
  readonly audit: readonly AuditEntry[]
}

export type DeskAction =
  | LiveEvent
  | { readonly type: 'read'; readonly figures: Partial<DeskState> }
  | { readonly type: 'lost' }

export const NOTHING_YET: DeskState = {
  connection: 'connecting',
  at: null,
  fleet: null,
  plan: null,
  forecast: null,
  health: null,
  orders: [],
  rejected: [],
  audit: [],
}

const KEPT_REJECTIONS = 100

export function deskState(state: DeskState, action: DeskAction): DeskState {
  switch (action.type) {
    case 'read':
      return { ...state, ...action.figures }
    case 'lost':
      return { ...state, connection: 'lost' }
    case 'beat':
      return { ...state, at: action.at, connection: 'live' }
    case 'turn':
      return { ...state, fleet: state.fleet && { ...state.fleet, lastTurn: action.turn } }
    case 'building':
      return { ...state, fleet: state.fleet && withBuilding(state.fleet, action.building) }
    case 'order':
      return { ...state, orders: withOrder(state.orders, action.order) }
    case 'rejected':
      return { ...state, rejected: [action.rejection, ...state.rejected].slice(0, KEPT_REJECTIONS) }
    default:
      return action satisfies never
  }
}

function withOrder(orders: readonly Order[], order: Order): readonly Order[] {
  const isKnown = orders.some(({ id }) => id === order.id)
  return isKnown ? orders.map((known) => (known.id === order.id ? order : known)) : [order, ...orders]
}

function withBuilding(fleet: Fleet, building: BuildingSummary): Fleet {
  const before = fleet.buildings.find(({ id }) => id === building.id)
  const buildings = before
    ? fleet.buildings.map((known) => (known === before ? building : known))
    : [...fleet.buildings, building]
  return {
    ...fleet,
    buildings,
    heatKw: moved(fleet.heatKw, before?.heatKw, building.heatKw),
    curveHeatKw: moved(fleet.curveHeatKw, before?.curveHeatKw, building.curveHeatKw),
  }
}

/** The fleet's sum follows its buildings between two readings of /fleet. */
function moved(sum: number | null, before: number | null | undefined, after: number | null): number | null {
  return sum === null && after === null ? null : (sum ?? 0) - (before ?? 0) + (after ?? 0)
}
