import { parseBuildingId } from '../core/domain/building-id.ts'
import { DAY_MS, slotStart } from '../core/domain/instant.ts'
import { createBranchMisses } from './branch-misses.ts'
import type { ControllerSetup } from './controller-setup.ts'
import type { ControllerState } from './controller-state.ts'
import type { DeskEvents } from './desk-events.ts'
import { createHeatForecasts } from './heat-forecasts.ts'
import { createNetworkMeter, type NetworkMeter, type NetworkMeterSetup } from './network-meter.ts'
import { takeOutlook } from './outlook.ts'
import { createPastWeather } from './past-weather.ts'
import { createPlanOutcomes } from './plan-outcomes.ts'
import type { LearnedEntry } from './ports.ts'
import { createPriceAhead } from './price-ahead.ts'
import { createRejections } from './rejections.ts'
import { foldKept, restoreFleet } from './restore-fleet.ts'
import { createTrouble } from './trouble.ts'
import { worldOf } from './world.ts'

/** Takes up what the store remembers, with the world as it is seen now. */
export async function openState(
  setup: ControllerSetup,
  events: DeskEvents,
  signal: AbortSignal,
): Promise<ControllerState> {
  const { clock, recorder } = setup
  const startedAt = clock.now()
  const { fleet, lastTurnAt, ...keptOrders } = await restoreFleet(setup.buildings, recorder, startedAt)
  const members = [...fleet.values()].sort((a, b) => (a.building.id < b.building.id ? -1 : 1))
  const priceAhead = createPriceAhead(setup.prices, setup.control.horizonHours)
  const outlook = await takeOutlook({ ...setup, ...setup.control, priceAhead }, startedAt, signal)
  for (const member of members) {
    await foldKept(member, recorder, worldOf(member, outlook, setup.timeZone), startedAt)
  }
  const trouble = createTrouble({ now: clock.now, log: setup.log })
  const heat = createHeatForecasts({ members, timeZone: setup.timeZone, recorder, onError: trouble.note })
  await heat.restore(startedAt)
  const lessons = { timeZone: setup.timeZone, kept: keptOrders.learned }
  const keeping = (what: string) => (entry: LearnedEntry) => {
    recorder.keepLearned([entry]).catch((error: unknown) => trouble.note(error, what))
  }
  const state: ControllerState = {
    setup,
    startedAt,
    fleet,
    members,
    counts: { received: 0, samples: 0, duplicates: 0, unknownKeys: 0, late: 0 },
    rejections: createRejections({
      now: clock.now,
      recorder,
      link: () => state.link,
      onRejected: (rejection) => {
        const { code, building, topic } = rejection
        setup.log.debug({ code, building, topic }, 'message refused')
        events.emit({ type: 'rejected', rejection })
      },
      onError: (error) => trouble.note(error, 'refusal not kept'),
    }),
    trouble,
    outcomes: createPlanOutcomes(trouble),
    heat,
    misses: setup.production && createBranchMisses({ ...lessons, keep: keeping('flow misses not kept') }),
    meter: meterOf(setup, { ...lessons, keep: keeping('network load not kept') }),
    priceAhead,
    pastWeather: createPastWeather(setup.learning?.windowDays ?? 0),
    keptOrders,
    history: [],
    link: undefined,
    outlook,
    orders: undefined,
    flows: undefined,
    production: null,
    underWay: new Set(),
    lastTurnSlot: lastTurnAt === undefined ? Number.NEGATIVE_INFINITY : slotStart(lastTurnAt),
    leasesSent: 0,
    turns: 0,
    lastTurn: undefined,
    lastTurnMs: 0,
  }
  await restoreWeather(state)
  state.rejections.restore(await recorder.rejections(200))
  return state
}

function meterOf(
  { production }: ControllerSetup,
  lessons: Omit<NetworkMeterSetup, 'id' | 'production'>,
): NetworkMeter | undefined {
  const id = parseBuildingId(production?.network.meter)
  return production && id && createNetworkMeter({ ...lessons, id, production })
}

async function restoreWeather({ setup, pastWeather, startedAt }: ControllerState): Promise<void> {
  if (!setup.learning) return
  const from = startedAt - setup.learning.windowDays * DAY_MS
  pastWeather.restore(await setup.recorder.pastWeather({ from, to: startedAt }))
}
