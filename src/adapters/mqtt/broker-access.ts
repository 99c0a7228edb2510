import { parseTopic } from '../../core/devices/topics.ts'
import { type BuildingId, parseBuildingId } from '../../core/domain/building-id.ts'
import type { RejectionCode } from '../../core/domain/rejection.ts'
import { createPasswordCheck } from './password.ts'

/** Who speaks on a connection. */
export type Party =
  | { readonly kind: 'building'; readonly id: BuildingId }
  /** Reads all that buildings and controller say, writes nothing. */
  | { readonly kind: 'operator' }
  /** Nameless on this machine: the demo's fleet, a person with a terminal. */
  | { readonly kind: 'local' }

export interface Credentials {
  /** Password hashes (`hashPassword`) by building. */
  readonly buildings: ReadonlyMap<string, string>
  /** Password hashes by name of who may read along. */
  readonly operators: ReadonlyMap<string, string>
}

export interface Claim {
  readonly clientId: string
  readonly user: string | undefined
  readonly password: Uint8Array | undefined
}

export interface BrokerAccess {
  /** Undefined where the claim is not proved. */
  identify(claim: Claim): Promise<Party | undefined>
}

/** `nameless`: whether who gives no name is let in, which only a loopback address may allow. */
export function createBrokerAccess(credentials: Credentials, nameless: boolean): BrokerAccess {
  const isBuilding = createPasswordCheck(credentials.buildings)
  const isOperator = createPasswordCheck(credentials.operators)
  const isTaken = (name: string) => credentials.buildings.has(name) || credentials.operators.has(name)

  const identify = async ({ clientId, user, password }: Claim): Promise<Party | undefined> => {
    if (user === undefined || (nameless && !isTaken(user))) {
      // Else a stranger could push a building off its own session.
      return nameless && !isTaken(clientId) ? { kind: 'local' } : undefined
    }
    const id = parseBuildingId(user)
    if (id && user === clientId && (await isBuilding(user, password))) return { kind: 'building', id }
    const isFree = clientId === user || !isTaken(clientId)
    if (isFree && (await isOperator(user, password))) return { kind: 'operator' }
    return undefined
  }
  return { identify }
}

/** Undefined where the party may publish here, else why not: only buildings are heard, each for itself. */
export function publishFault(party: Party, text: string): RejectionCode | undefined {
  const topic = parseTopic(text)
  if (!topic) return text.startsWith('$') ? 'not-allowed' : 'unknown-topic'
  if (topic.kind === 'controller' || topic.channel === 'setpoint') return 'not-allowed'
  if (party.kind === 'local') return undefined
  return party.kind === 'building' && party.id === topic.building ? undefined : 'not-allowed'
}

/** Whether the party may have what is published on a topic. */
export function mayRead(party: Party, text: string): boolean {
  if (party.kind === 'local') return true
  const topic = parseTopic(text)
  if (!topic) return false
  if (party.kind === 'operator') return true
  if (topic.kind === 'controller') return topic.channel !== 'rejected'
  return topic.channel === 'setpoint' && topic.building === party.id
}

/** A building names its topics one by one; others may use wildcards, and get what `mayRead` lets through. */
export function maySubscribe(party: Party, filter: string): boolean {
  return party.kind === 'building' ? mayRead(party, filter) : true
}
