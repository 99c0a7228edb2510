import {
  encodeControllerHealth,
  encodeControllerInfo,
  encodeControllerStatus,
} from '../core/devices/controller-payload.ts'
import { controllerTopic } from '../core/devices/topics.ts'
import type { Instant } from '../core/domain/instant.ts'
import type { HealthView, TurnView } from '../core/domain/views.ts'
import type { ControllerState } from './controller-state.ts'
import type { Member } from './member.ts'
import type { MessageLink } from './ports.ts'
import { sayLease } from './say-lease.ts'

/** What all may know of the controller: its life, version and health, retained at the broker. */
export interface ControllerNews {
  /** The way out is there, for the first time or again: says so, and says the running leases again. */
  linkUp(): Promise<void>
  health(health: HealthView, lastTurn: TurnView): Promise<void>
  goodbye(): Promise<void>
}

export function createControllerNews(state: ControllerState): ControllerNews {
  const { clock, version } = state.setup
  const { startedAt, trouble } = state
  const tell = (channel: Channel, payload: string) => publishNews(state, channel, payload)
  return {
    async linkUp() {
      const at = clock.now()
      await tell('status', encodeControllerStatus({ state: 'online', session: startedAt, at }))
      await tell('info', encodeControllerInfo({ version, startedAt, at }))
      if (!state.link) return
      await republish(state.link, state.members, at).catch((error: unknown) =>
        trouble.note(error, 'lease not said again'),
      )
    },
    health({ status, at, reasons }, lastTurn) {
      return tell('health', encodeControllerHealth({ status, at, reasons, lastTurn }))
    },
    goodbye() {
      return tell('status', encodeControllerStatus({ state: 'offline', session: startedAt, at: clock.now() }))
    },
  }
}

type Channel = 'status' | 'info' | 'health'

async function publishNews(state: ControllerState, channel: Channel, payload: string): Promise<void> {
  try {
    await state.link?.publish(controllerTopic(channel), payload, { qos: 1, retain: true })
  } catch (error) {
    state.setup.log.warn({ err: error, channel }, 'controller news not sent')
  }
}

/** Leases that still run are said again: a broker that lost its memory must not end them early. */
async function republish(link: MessageLink, members: readonly Member[], now: Instant): Promise<void> {
  for (const member of members) {
    const { lease, mode } = member
    // One that the operator has taken back meanwhile is not said again: the next turn releases it.
    if (!lease || lease.validUntil <= now || mode.kind === 'curve') continue
    await sayLease(link, member, lease, now)
  }
}
