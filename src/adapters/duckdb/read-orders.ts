import type { DuckDBConnection } from '@duckdb/node-api'
import type { BuildingId } from '../../core/domain/building-id.ts'
import type { Instant } from '../../core/domain/instant.ts'
import {
  type AcceptedOrder,
  type Order,
  type OrderKind,
  type OrderRefusalCode,
  type OrderShare,
  STANDING_STATES,
} from '../../core/domain/order.ts'
import { select } from './select.ts'
import { readSlots } from './slots-text.ts'

interface OrderFound {
  readonly id: string
  readonly state: Order['state']
  readonly kind: OrderKind
  readonly kw: number
  readonly from: bigint
  readonly until: bigint
  readonly branch: string | null
  readonly note: string | null
  readonly placedAt: bigint
  readonly placedBy: string
  readonly endedAt: bigint | null
  readonly promisedKw: number | null
  readonly reboundKw: number | null
  readonly reboundKwh: number | null
  readonly underKh: number | null
  readonly marginRatio: number | null
  readonly start: bigint | null
  readonly baselineFlowKw: string | null
  readonly baselineMeteredKw: string | null
  readonly plannedFlowKw: string | null
  readonly meteredFrom: bigint | null
  readonly meteredKw: string | null
  readonly refusalCode: OrderRefusalCode | null
  readonly refusalDetail: string | null
  readonly deliverableKw: number | null
}

const STANDING = STANDING_STATES.map((state) => `'${state}'`).join(', ')
const LAST = 'FROM orders QUALIFY row_number() OVER (PARTITION BY id ORDER BY "at" DESC, rowid DESC) = 1'

/** Orders as they were last: those that stand, and those placed or running since `since`; oldest first. */
export async function readOrders(connection: DuckDBConnection, since: Instant): Promise<readonly Order[]> {
  const found = await select<OrderFound>(
    connection,
    `FROM (${LAST}) WHERE state IN (${STANDING}) OR greatest("placedAt", "until") >= $since
      ORDER BY "placedAt", id`,
    { since: BigInt(Math.floor(since)) },
  )
  return found.map(toOrder)
}

function toOrder(row: OrderFound): Order {
  const { id, kind, kw, placedBy, branch, note, state } = row
  const placed = {
    id,
    kind,
    kw,
    from: Number(row.from),
    until: Number(row.until),
    ...(branch === null ? {} : { branch }),
    ...(note === null ? {} : { note }),
    placedAt: Number(row.placedAt),
    placedBy,
  }
  if (state !== 'refused') return { ...placed, state, ...acceptance(row) }
  const { refusalCode, refusalDetail, deliverableKw } = row
  const refusal = {
    code: refusalCode ?? 'not-planned',
    detail: refusalDetail ?? '',
    ...(deliverableKw === null ? {} : { deliverableKw }),
  }
  return { ...placed, state, refusal }
}

function acceptance(row: OrderFound): Accepted {
  const start = Number(row.start)
  return {
    baseline: {
      start,
      flowKw: readSlots(row.baselineFlowKw),
      meteredKw: readSlots(row.baselineMeteredKw),
    },
    promised: {
      kw: row.promisedKw ?? 0,
      flowKw: readSlots(row.plannedFlowKw),
      reboundKw: row.reboundKw ?? 0,
      reboundKwh: row.reboundKwh ?? 0,
      underKh: row.underKh ?? 0,
    },
    marginRatio: row.marginRatio ?? 0,
    measured: { start: Number(row.meteredFrom ?? row.start), meteredKw: readSlots(row.meteredKw) },
    ...(row.endedAt === null ? {} : { endedAt: Number(row.endedAt) }),
  }
}

type Accepted = Pick<AcceptedOrder, 'baseline' | 'promised' | 'marginRatio' | 'measured' | 'endedAt'>

interface ShareFound {
  readonly order: string
  readonly building: BuildingId
  readonly start: bigint
  readonly heatKw: string
  readonly indoorC: string
}

/** What buildings would have taken without the orders that stand. */
export async function readShares(connection: DuckDBConnection): Promise<readonly OrderShare[]> {
  const found = await select<ShareFound>(
    connection,
    `FROM "orderShares" WHERE "order" IN (SELECT id FROM (${LAST}) WHERE state IN (${STANDING}))
      ORDER BY "order", building, rowid`,
  )
  return found.map(({ start, heatKw, indoorC, ...row }) => ({
    ...row,
    start: Number(start),
    heatKw: readSlots(heatKw),
    indoorC: readSlots(indoorC),
  }))
}
