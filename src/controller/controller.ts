import type { Logger } from 'pino'
import {
  encodeControllerHealth,
  encodeControllerInfo,
  encodeControllerStatus,
} from '../core/devices/controller-payload.ts'
import { encodeLease } from '../core/devices/lease-payload.ts'
import { buildingTopic, controllerTopic } from '../core/devices/topics.ts'
import type { Building } from '../core/domain/building.ts'
import type { BuildingId } from '../core/domain/building-id.ts'
import { HOUR_MS, type Instant, MINUTE_MS, SLOT_HOURS, SLOT_MS, slotStart } from '../core/domain/instant.ts'
import type { OperatorMode } from '../core/domain/lease.ts'
import type { Sample } from '../core/domain/telemetry.ts'
import type { DeskEvent, TurnView } from '../core/domain/views.ts'
import { overheatingBalanceKh } from '../core/plan/warm-limit.ts'
import { encodeBelief } from '../core/state/encode-belief.ts'
import { needsReplan } from '../core/state/needs-replan.ts'
import { foldSample } from '../core/state/timeline.ts'
import { type ControlSetup, controlTurn } from './control-loop.ts'
import { createDesk, type DeskState } from './desk.ts'
import { createIntake, type IntakeCounts } from './intake-loop.ts'
import type { Member } from './member.ts'
import { type Outlook, takeOutlook } from './outlook.ts'
import { roomLevels } from './plan-member.ts'
import type {
  Clock,
  Desk,
  MessageDoor,
  MessageLink,
  Planner,
  PriceSource,
  Recorder,
  WeatherSource,
} from './ports.ts'
import { createRejections } from './rejections.ts'
import { foldKept, restoreFleet } from './restore-fleet.ts'
import { worldOf } from './world.ts'

export type ControllerLog = Pick<Logger, 'error' | 'warn' | 'info' | 'debug'>

export interface ControllerSetup {
  readonly buildings: readonly Building[]
  readonly clock: Clock
  readonly recorder: Recorder
  readonly planner: Planner
  readonly prices: PriceSource
  readonly weather: WeatherSource
  readonly log: ControllerLog
  readonly version: string
  readonly control: {
    readonly horizonHours: number
    readonly turnDelayS: number
    readonly replanSeconds: number
    readonly lostAfterMinutes: number
    readonly seasonEndsC: number
  }
  readonly timeZone: string
  /** Said on the console: what runs where. */
  readonly about: {
    readonly broker: string
    readonly store: string
    readonly speed: number
    readonly simulated: boolean
  }
}

export interface Controller {
  readonly door: MessageDoor
  readonly desk: Desk
  /** Takes up what the store remembers, says that it is there, and plans from now on. */
  start(link: MessageLink): Promise<void>
  /** The way out is there, for the first time or again: says so, and says the running leases again. */
  onLinkUp(): Promise<void>
  /** Nothing waits, plans or is being written: a replay may let time pass. */
  readonly isQuiet: boolean
  stop(): Promise<void>
}

/** The controller without the world: what it hears comes by `door`, what it says goes by the link it is given. */
export async function createController(setup: ControllerSetup): Promise<Controller> {
  const { clock, recorder, log } = setup
  const startedAt = clock.now()
  const restored = await restoreFleet(setup.buildings, recorder, startedAt)
  const { fleet } = restored
  const members = [...fleet.values()].sort((a, b) => (a.building.id < b.building.id ? -1 : 1))
  const counts: IntakeCounts = { received: 0, samples: 0, duplicates: 0, unknownKeys: 0, late: 0 }
  const listeners = new Set<(event: DeskEvent) => void>()
  const stopping = new AbortController()
  let outlook: Outlook | undefined = await takeOutlook(
    { ...setup, ...setup.control },
    startedAt,
    stopping.signal,
  )
  for (const member of members) {
    await foldKept(member, recorder, worldOf(member, outlook, setup.timeZone), startedAt)
  }
  const urgent = new Set<Member>()
  /** Those whose plan is being made. */
  let underWay: ReadonlySet<Member> = new Set()
  let link: MessageLink | undefined
  let lastTurnSlot =
    restored.lastTurnAt === undefined ? Number.NEGATIVE_INFINITY : slotStart(restored.lastTurnAt)
  let working = 0
  let queue: Promise<void> = Promise.resolve()
  let cancelTurn: (() => void) | undefined
  let cancelUrgent: (() => void) | undefined

  const emit = (event: DeskEvent) => {
    for (const listener of listeners) listener(event)
  }
  const onError = (error: unknown, what: string) => {
    state.trouble.set(what, clock.now())
    log.error({ err: error }, what)
  }
  const rejections = createRejections({
    now: clock.now,
    recorder,
    link: () => link,
    onRejected: (rejection) => {
      log.debug(
        { code: rejection.code, building: rejection.building, topic: rejection.topic },
        'message refused',
      )
      emit({ type: 'rejected', rejection })
    },
    onError: (error) => onError(error, 'refusal not kept'),
  })
  rejections.restore(await recorder.rejections(200))

  const state: DeskState = {
    fleet,
    members,
    counts,
    rejections,
    startedAt,
    setup,
    trouble: new Map(),
    history: [],
    leasesSent: 0,
    turns: 0,
    lastTurn: undefined,
    lastTurnMs: 0,
    link: () => link,
    outlook: () => outlook,
  }

  const onSample = (member: Member, sample: Sample) => {
    // It is durable: whatever the store could not do before, it can again.
    for (const what of state.trouble.keys()) if (isStoreTrouble(what)) state.trouble.delete(what)
    const world = worldOf(member, outlook, setup.timeZone)
    const folded = foldSample(member.timeline, member.building, sample, world)
    member.timeline = folded.timeline
    if (folded.outcome === 'too-late' || folded.outcome === 'refolded') counts.late++
    if (member.lastSampleAt === undefined || sample.at > member.lastSampleAt) member.lastSampleAt = sample.at
    if (isUnplanned(member, clock.now()) || needsReplan(folded.timeline.belief, clock.now()))
      askReplan(member)
  }

  const intake = createIntake({
    fleet,
    clock,
    recorder,
    rejections,
    counts,
    onSample,
    onOverride: askReplan,
    onError,
  })
  const door: MessageDoor = {
    async receive(message) {
      working++
      try {
        return await intake.receive(message)
      } finally {
        working--
      }
    },
    refuse: intake.refuse,
  }

  /** Heard of now, and left without a lease by more than a turn: it came just now, or we did. */
  function isUnplanned(member: Member, now: Instant): boolean {
    const { lease, lastSampleAt, plannedAt } = member
    if (underWay.has(member) || (lease && lease.validUntil > now)) return false
    if (plannedAt > now - 2 * SLOT_MS) return false
    return lastSampleAt !== undefined && now - lastSampleAt <= setup.control.lostAfterMinutes * MINUTE_MS
  }

  /** Plans this building at once, or as soon as its last plan is old enough. */
  function askReplan(member: Member): void {
    if (!link || stopping.signal.aborted || member.mode.kind !== 'auto') return
    urgent.add(member)
    const due = Math.max(clock.now(), member.plannedAt + setup.control.replanSeconds * 1000)
    if (cancelUrgent && due >= urgentAt) return
    cancelUrgent?.()
    urgentAt = due
    cancelUrgent = clock.at(due, runUrgent)
  }
  let urgentAt = Number.POSITIVE_INFINITY

  function runUrgent(): void {
    cancelUrgent = undefined
    urgentAt = Number.POSITIVE_INFINITY
    void enqueue(planUrgent)
  }

  /** Who is ripe is asked when its turn comes: a turn before may have planned it meanwhile. */
  async function planUrgent(): Promise<void> {
    const now = clock.now()
    const ripe = members.filter(
      (member) => urgent.has(member) && member.plannedAt + setup.control.replanSeconds * 1000 <= now,
    )
    for (const member of ripe) urgent.delete(member)
    try {
      if (ripe.length > 0) await turn(ripe, now, false)
    } finally {
      for (const member of urgent) askReplan(member)
    }
  }

  /** One turn after the other: two plans for one building must not cross. */
  function enqueue(work: () => Promise<void>): Promise<void> {
    working++
    queue = queue
      .then(work)
      .catch((error: unknown) => onError(error, 'turn failed'))
      .finally(() => {
        working--
      })
    return queue
  }

  async function turn(which: readonly Member[], now: Instant, isRegular: boolean): Promise<void> {
    if (!link) return
    const began = performance.now()
    if (isRegular) for (const member of which) settleOverheating(member, now)
    const keepTurn = isRegular ? () => recorder.keepTurn(now, snapshots(members)) : undefined
    const control: ControlSetup = {
      recorder,
      link,
      planner: setup.planner,
      limits: setup.control,
      keepTurn,
      onError,
    }
    if (!outlook || isRegular || outlook.start !== slotStart(now)) {
      outlook = await takeOutlook({ ...setup, ...setup.control }, now, stopping.signal)
    }
    for (const what of state.trouble.keys()) if (!isStoreTrouble(what)) state.trouble.delete(what)
    underWay = new Set(which)
    const done = await controlTurn(control, which, outlook, now).finally(() => {
      underWay = new Set()
    })
    if (isRegular) lastTurnSlot = slotStart(now)
    const view: TurnView = { ...done, tookMs: Math.round(performance.now() - began) }
    state.leasesSent += done.leased
    if (isRegular) await endRegularTurn(view, now)
    if (listeners.size > 0) tellDesk(which, view)
    log.info({ ...view, regular: isRegular }, 'turn')
  }

  function tellDesk(which: readonly Member[], view: TurnView): void {
    for (const { building } of which) {
      const summary = desk.building(building.id)
      if (summary) emit({ type: 'building', building: summary })
    }
    emit({ type: 'turn', turn: view })
  }

  async function endRegularTurn(view: TurnView, now: Instant): Promise<void> {
    state.turns++
    state.lastTurn = view
    state.lastTurnMs = view.tookMs
    const { heatKw, curveHeatKw } = desk.fleet()
    state.history.push({ at: slotStart(now), heatKw, curveHeatKw })
    if (state.history.length > HISTORY) state.history.shift()
    await tell('health', encodeControllerHealth({ ...healthOf(), lastTurn: view }))
  }

  const healthOf = () => {
    const { status, at, reasons } = desk.health()
    return { status, at, reasons }
  }

  async function tell(channel: 'status' | 'info' | 'health', payload: string): Promise<void> {
    try {
      await link?.publish(controllerTopic(channel), payload, { qos: 1, retain: true })
    } catch (error) {
      log.warn({ err: error, channel }, 'controller news not sent')
    }
  }

  function scheduleTurn(): void {
    const delayMs = setup.control.turnDelayS * 1000
    const slot = slotStart(clock.now() - delayMs)
    const at = slot > lastTurnSlot && link ? slot + SLOT_MS + delayMs : lastTurnSlot + SLOT_MS + delayMs
    cancelTurn = clock.at(Math.max(at, slot + SLOT_MS + delayMs), () => {
      scheduleTurn()
      const now = clock.now()
      if (slotStart(now) > lastTurnSlot) void enqueue(() => turn(members, now, true))
    })
  }

  const desk = createDesk(state, {
    async setMode(id: BuildingId, mode: OperatorMode, actor: string) {
      const member = fleet.get(id)
      if (!member) return 'unknown-building'
      const now = clock.now()
      await recorder.keepMode(id, mode, now)
      await recorder.keepAudit([
        { at: now, actor, action: 'mode', building: id, detail: JSON.stringify(mode) },
      ])
      member.mode = mode
      if (link) await enqueue(() => turn([member], clock.now(), false))
      return 'done'
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })

  async function onLinkUp(): Promise<void> {
    const at = clock.now()
    await tell('status', encodeControllerStatus({ state: 'online', session: startedAt, at }))
    await tell('info', encodeControllerInfo({ version: setup.version, startedAt, at }))
    if (link)
      await republish(link, members, at).catch((error: unknown) => onError(error, 'lease not said again'))
  }

  return {
    door,
    desk,
    get isQuiet() {
      return working === 0
    },
    async start(given) {
      link = given
      if (given.connected) await onLinkUp()
      scheduleTurn()
      // The broker lets buildings in before we can answer them.
      for (const member of members) if (isUnplanned(member, clock.now())) askReplan(member)
    },
    onLinkUp,
    async stop() {
      stopping.abort()
      cancelTurn?.()
      cancelUrgent?.()
      await queue
      await tell('status', encodeControllerStatus({ state: 'offline', session: startedAt, at: clock.now() }))
      link = undefined
    },
  }
}

/** Leases that still run are said again: a broker that lost its memory must not end them early. */
async function republish(link: MessageLink, members: readonly Member[], now: Instant): Promise<void> {
  for (const { building, lease, mode } of members) {
    // One that the operator has taken back meanwhile is not said again: the next turn releases it.
    if (!lease || lease.validUntil <= now || mode.kind === 'curve') continue
    await link.publish(buildingTopic(building.id, 'setpoint'), encodeLease(lease), { qos: 1, retain: true })
  }
}

function isStoreTrouble(what: string): boolean {
  return what.endsWith('not kept') || what.endsWith('not flushed')
}

function snapshots(members: readonly Member[]): ReadonlyMap<BuildingId, string> {
  return new Map(members.map((member) => [member.building.id, memberSnapshot(member)]))
}

/** Once a turn, while a lease steers the building: its own curve neither spares nor spends. */
function settleOverheating(member: Member, now: Instant): void {
  const rooms = roomLevels(member)
  if (!rooms || !member.lease || member.lease.validUntil <= now) return
  member.overheatingBalanceKh = overheatingBalanceKh(member.overheatingBalanceKh, rooms, SLOT_HOURS)
}

// How old a written belief may grow: what came since is folded again from the store.
const BELIEF_MS = 4 * HOUR_MS

/** What a restart needs of a building beside its lease; samples since the belief are folded again from the store. */
function memberSnapshot(member: Member): string {
  const { heldOffsetK, overheatingBalanceKh, held, writes, lastSeq, plannedAt, timeline } = member
  const span = Math.floor(timeline.belief.at / BELIEF_MS)
  if (member.written?.span !== span) member.written = { span, belief: encodeBelief(timeline.belief) }
  const known = { heldOffsetK, overheatingBalanceKh, held, writes, lastSeq, plannedAt }
  return `${JSON.stringify(known)}\n${member.written.belief}`
}

const HISTORY = 2 * 96
