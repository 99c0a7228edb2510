import type { Building } from '../domain/building.ts'
import { HOUR_MS, type Instant } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import type { Belief } from './belief.ts'
import { observe } from './observe.ts'
import type { World } from './world.ts'

/** A belief with the samples and hourly beliefs of the last days behind it: a late sample is folded where it belongs. */
export interface Timeline {
  readonly belief: Belief
  /** Beliefs at least an hour apart, oldest first; the first is where memory begins. */
  readonly marks: readonly Belief[]
  /** Samples after the first mark, in order of `at`. */
  readonly samples: readonly Sample[]
  /** Samples from before memory begins: counted, no more. */
  readonly tooLate: number
}

export type FoldOutcome = 'folded' | 'refolded' | 'duplicate' | 'too-late'

const MARK_MS = HOUR_MS
/** Memory reaches back between the two: it is cut in whole pieces, not at every sample. */
const KEPT_MS = 36 * HOUR_MS
const LONGEST_MS = 48 * HOUR_MS

/** A timeline that remembers nothing before `belief`; one at instant 0 takes everything. */
export function newTimeline(belief: Belief): Timeline {
  return { belief, marks: [belief], samples: [], tooLate: 0 }
}

/** One sample more. What is believed afterwards does not depend on the order in which samples came. */
export function foldSample(
  timeline: Timeline,
  building: Building,
  sample: Sample,
  world: World,
): { readonly timeline: Timeline; readonly outcome: FoldOutcome } {
  if (sample.at <= timeline.marks[0].at) {
    return { timeline: { ...timeline, tooLate: timeline.tooLate + 1 }, outcome: 'too-late' }
  }
  if (sample.at > timeline.belief.at)
    return { timeline: append(timeline, building, sample, world), outcome: 'folded' }
  const place = timeline.samples.findIndex((other) => other.at >= sample.at)
  if (timeline.samples[place].at === sample.at) return { timeline, outcome: 'duplicate' }
  return {
    timeline: refold(timeline, building, timeline.samples.toSpliced(place, 0, sample), sample.at, world),
    outcome: 'refolded',
  }
}

function append(timeline: Timeline, building: Building, sample: Sample, world: World): Timeline {
  const belief = observe(timeline.belief, building, sample, world)
  const last = timeline.marks[timeline.marks.length - 1]
  const marks = sample.at - last.at >= MARK_MS ? [...timeline.marks, belief] : timeline.marks
  return trim({ ...timeline, belief, marks, samples: [...timeline.samples, sample] })
}

/** All samples again from the last mark before `from`. */
export function refold(
  timeline: Timeline,
  building: Building,
  samples: readonly Sample[],
  from: Instant,
  world: World,
): Timeline {
  const marks = timeline.marks.filter((mark) => mark.at < from)
  let belief = marks[marks.length - 1]
  for (const sample of samples) {
    if (sample.at <= belief.at) continue
    belief = observe(belief, building, sample, world)
    if (sample.at - marks[marks.length - 1].at >= MARK_MS) marks.push(belief)
  }
  return { ...timeline, belief, marks, samples }
}

function trim(timeline: Timeline): Timeline {
  const { belief, marks, samples } = timeline
  if (belief.at - samples[0].at <= LONGEST_MS) return timeline
  const first = marks.findIndex((mark) => mark.at >= belief.at - KEPT_MS)
  const begin = marks[first].at
  return { ...timeline, marks: marks.slice(first), samples: samples.filter((sample) => sample.at > begin) }
}
