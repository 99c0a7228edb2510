import type { BuildingId } from '../core/domain/building-id.ts'
import type { OperatorMode } from '../core/domain/lease.ts'
import type { ControllerState } from './controller-state.ts'
import type { Member } from './member.ts'

export interface ModeOrder {
  readonly id: BuildingId
  readonly mode: OperatorMode
  readonly actor: string
}

/** The operator's word for one building: kept, written down with his name, and followed at once. */
export async function setMode(
  state: ControllerState,
  { id, mode, actor }: ModeOrder,
  follow: (member: Member) => Promise<void>,
): Promise<'done' | 'unknown-building'> {
  const member = state.fleet.get(id)
  if (!member) return 'unknown-building'
  const { clock, recorder } = state.setup
  const at = clock.now()
  await recorder.keepMode(id, mode, at)
  await recorder.keepAudit([{ at, actor, action: 'mode', building: id, detail: JSON.stringify(mode) }])
  member.mode = mode
  if (state.link) await follow(member)
  return 'done'
}
