import { DAY_MS, type Instant, slotStart, type Window } from '../core/domain/instant.ts'
import type { Sample } from '../core/domain/telemetry.ts'
import type { NightFitJob } from '../core/state/night-fit.ts'
import type { Refit } from '../core/thermal/identify/refit-building.ts'
import type { ControllerState } from './controller-state.ts'
import { learnNight } from './learn-night.ts'
import type { Member } from './member.ts'
import { isLearner } from './member-learning.ts'
import type { Identifier, Nights } from './ports.ts'

export interface LearningSetup {
  readonly nights: Nights
  readonly identifier: Identifier
  /** How far back a fit looks. */
  readonly windowDays: number
}

/** Every night each building that learns is fitted again, off the main thread. */
export interface NightFits {
  start(): void
  /** No fit is under way. */
  readonly isIdle: boolean
  stop(): void
}

/** All fits of a night count from one instant on, whatever the order in which threads were done. */
const APPLY_AFTER_MS = 5_000
/** Read beforehand, so that a thread never waits; more would only take memory. */
const READ_AHEAD = 4

export function createNightFits(
  state: ControllerState,
  learning: LearningSetup,
  signal: AbortSignal,
): NightFits {
  const { clock, log } = state.setup
  let underWay = 0
  let cancelNights = () => {}
  let cancelApply = () => {}

  async function night(at: Instant): Promise<void> {
    const began = performance.now()
    const learners = state.members.filter((member) => isLearner(member) && member.lastSampleAt !== undefined)
    const found = await fitAll(state, learning, learners, at, signal)
    if (signal.aborted) return
    cancelApply = clock.at(clock.now() + APPLY_AFTER_MS, () => {
      for (const member of learners) {
        const refit = found.get(member)
        if (refit) learnNight(state, member, refit, at)
      }
      const replaced = [...found.values()].filter(({ isReplaced }) => isReplaced).length
      const tookMs = Math.round(performance.now() - began)
      log.info({ buildings: learners.length, fitted: found.size, replaced, tookMs }, 'models fitted')
    })
  }

  function onNight(): void {
    // Last night's are not done yet: they are not made quicker by beginning again.
    if (underWay > 0) return
    underWay++
    night(clock.now())
      .catch((error: unknown) => state.trouble.note(error, 'models not fitted'))
      .finally(() => {
        underWay--
      })
  }

  return {
    start() {
      cancelNights = learning.nights.start(onNight)
    },
    get isIdle() {
      return underWay === 0
    },
    stop() {
      cancelNights()
      cancelApply()
    },
  }
}

async function fitAll(
  state: ControllerState,
  learning: LearningSetup,
  learners: readonly Member[],
  at: Instant,
  signal: AbortSignal,
): Promise<ReadonlyMap<Member, Refit>> {
  const window = { from: at - learning.windowDays * DAY_MS, to: slotStart(at) }
  const found = new Map<Member, Refit>()
  const waiting = learners.values()
  const lane = async () => {
    for (const member of waiting) {
      if (signal.aborted) return
      try {
        found.set(member, await learning.identifier.fit(await nightJob(state, member, window)))
      } catch (error) {
        if (!signal.aborted) state.trouble.note(error, 'model not fitted')
      }
    }
  }
  await Promise.all(Array.from({ length: READ_AHEAD }, lane))
  return found
}

async function nightJob(state: ControllerState, member: Member, window: Window): Promise<NightFitJob> {
  const { setup } = state
  const { model: _learned, ...described } = member.building
  const { hotWater, signature } = member.timeline.belief
  return {
    building: described,
    timeZone: setup.timeZone,
    samples: await keptSamples(state, member, window),
    weather: state.pastWeather.of(window),
    knowledge: { hotWater, signature },
    previous: member.learned?.identified,
  }
}

/** A day at a time: weeks at once would hold up the turns. */
async function keptSamples(state: ControllerState, { building }: Member, window: Window): Promise<Sample[]> {
  const samples: Sample[] = []
  for (let from = window.from; from < window.to; from += DAY_MS) {
    const day = { from, to: Math.min(window.to, from + DAY_MS) }
    samples.push(...(await state.setup.recorder.samples(building.id, day)))
  }
  return samples
}
