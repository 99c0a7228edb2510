import type { Instant } from '../core/domain/instant.ts'
import { habitProfile } from '../core/state/habit-profile.ts'
import { noteNight } from '../core/state/learned-model.ts'
import { isUnderstood } from '../core/state/night-fit.ts'
import { remodel } from '../core/state/remodel.ts'
import type { World } from '../core/state/world.ts'
import type { Refit } from '../core/thermal/identify/refit-building.ts'
import type { ControllerState } from './controller-state.ts'
import type { Member } from './member.ts'
import { gateTexts } from './member-learning.ts'
import { worldOf } from './world.ts'

/** What a night found takes effect: on the gate, on the model that plan and filter go by, on what is told. */
export function learnNight(state: ControllerState, member: Member, refit: Refit, at: Instant): void {
  const before = member.learned
  const wasUnderstood = isUnderstood(before?.identified)
  member.learned = noteNight(before, refit, at)
  const { identified, drift } = member.learned
  if (isUnderstood(identified) && (refit.isReplaced || !wasUnderstood))
    takeModel(state, member, !wasUnderstood)
  if (isUnderstood(identified) !== wasUnderstood) sayGate(state, member, at)
  if (drift && !before?.drift) sayDrift(state, member, drift, at)
}

/** Plan and filter go by the learned model from now on; its daily habit counts until the filter has seen its own. */
function takeModel(state: ControllerState, member: Member, isFirst: boolean): void {
  const identified = member.learned?.identified
  if (identified?.kind !== 'fitted') return
  const { fit } = identified
  const { timeZone } = state.setup
  member.model = fit.model
  member.building = { ...member.building, model: fit.model }
  const habit = isFirst ? habitProfile(fit, member.timeline.belief.at, timeZone) : undefined
  member.timeline = remodel(member.timeline, member.building, pastWorld(state, member), habit)
  member.written = undefined
}

/** An outlook looks back a day; what is folded again goes further. */
function pastWorld({ outlook, pastWeather, setup }: ControllerState, member: Member): World {
  const world = worldOf(member, outlook, setup.timeZone)
  return { ...world, weatherAt: (at) => pastWeather.at(at) ?? world.weatherAt(at) }
}

function sayGate(state: ControllerState, member: Member, at: Instant): void {
  const lacks = gateTexts(member).map(({ text }) => text)
  const { id } = member.building
  const isOpen = lacks.length === 0
  state.setup.log.info(
    { building: id, lacks },
    isOpen ? 'building understood' : 'building no longer understood',
  )
  const detail = isOpen
    ? 'its model is understood: it is steered from now on'
    : `left on its curve: ${lacks.join('; ')}`
  keepAudit(state, { at, action: 'model', building: id, detail })
}

function sayDrift(
  state: ControllerState,
  { building }: Member,
  { ratio, since }: { readonly ratio: number; readonly since: Instant },
  at: Instant,
): void {
  state.setup.log.warn({ building: building.id, ratio, since }, 'building has changed slowly')
  const detail = `loses ${ratio.toFixed(2)} times the heat that it lost a month before and more`
  keepAudit(state, { at, action: 'drift', building: building.id, detail })
}

type Entry = Omit<Parameters<ControllerState['setup']['recorder']['keepAudit']>[0][number], 'actor'>

function keepAudit(state: ControllerState, entry: Entry): void {
  const kept = state.setup.recorder.keepAudit([{ actor: 'heatflex', ...entry }])
  kept.catch((error: unknown) => state.trouble.note(error, 'audit not kept'))
}
