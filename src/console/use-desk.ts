import { useEffect, useReducer } from 'preact/hooks'
import {
  type Answer,
  readAudit,
  readFleet,
  readForecast,
  readHealth,
  readOrders,
  readPlan,
  readRejected,
} from './api-client.ts'
import { type DeskAction, type DeskState, deskState, NOTHING_YET } from './desk-state.ts'
import { openLiveStream } from './live-stream.ts'

const REREAD_MS = 60_000
/** The plan of a turn is on the desk a moment after the turn is told. */
const SETTLE_MS = 300

/** All that the page shows of the fleet, kept fresh while the page lives. */
export function useDesk(): DeskState {
  const [state, dispatch] = useReducer(deskState, NOTHING_YET)
  useEffect(() => followDesk(dispatch), [])
  return state
}

function followDesk(dispatch: (action: DeskAction) => void): () => void {
  const leaving = new AbortController()
  let due: number | undefined
  const read = async () => {
    const figures = await readAll(leaving.signal)
    if (!leaving.signal.aborted) dispatch({ type: 'read', figures })
  }
  const readSoon = () => {
    window.clearTimeout(due)
    due = window.setTimeout(() => void read(), SETTLE_MS)
  }
  const close = openLiveStream('api/v1/stream', {
    onOpen: () => void read(),
    onLost: () => dispatch({ type: 'lost' }),
    onEvent: (event) => {
      dispatch(event)
      if (event.type === 'turn' || event.type === 'order') readSoon()
    },
  })
  const reread = window.setInterval(() => void read(), REREAD_MS)
  return () => {
    close()
    leaving.abort()
    window.clearInterval(reread)
    window.clearTimeout(due)
  }
}

/** What could not be read keeps its last value: nothing is blanked by one failed answer. */
async function readAll(signal: AbortSignal): Promise<Partial<DeskState>> {
  const [health, fleet, plan, forecast, orders, rejected, audit] = await Promise.all([
    readHealth(signal),
    readFleet(signal),
    readPlan(signal),
    readForecast(signal),
    readOrders(signal),
    readRejected(signal),
    readAudit(signal),
  ])
  return {
    ...part('health', health),
    ...part('fleet', fleet),
    ...part('plan', plan),
    ...part('forecast', forecast),
    ...part('orders', orders),
    ...part('rejected', rejected),
    ...part('audit', audit),
    ...(fleet.ok && { at: fleet.value.at }),
  }
}

function part<K extends keyof DeskState, T>(name: K, answer: Answer<T>): { [P in K]?: T } {
  const read: { [P in K]?: T } = {}
  if (answer.ok) read[name] = answer.value
  return read
}
