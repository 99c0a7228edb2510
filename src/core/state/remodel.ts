import type { Building } from '../domain/building.ts'
import { AIR } from '../thermal/filter.ts'
import { startFilter } from './advance-filter.ts'
import type { Belief } from './belief.ts'
import { refold, type Timeline } from './timeline.ts'
import type { World } from './world.ts'

/**
 * The timeline as if `building`'s model had been known all the time: the filter begins anew where memory does, with
 * the room that it had, and what was heard since is folded again, so that structure and unmeasured heat are those of
 * the new model. With `habit`, that takes the place of what the old model had to call a habit of the week, kW.
 */
export function remodel(
  timeline: Timeline,
  building: Building,
  world: World,
  habit?: Float64Array,
): Timeline {
  const { samples, marks } = timeline
  const from = samples[0]?.at
  const filter = freshFilter(marks[0], building)
  const first = { ...marks[0], filter, ...(habit && { gains: { profileKw: habit } }) }
  if (from === undefined) return { ...timeline, belief: first, marks: [first] }
  return refold({ ...timeline, marks: [first] }, building, samples, from, world)
}

function freshFilter(belief: Belief, building: Building): Belief['filter'] {
  if (belief.filter === null) return null
  const begun = { ...belief, filter: null }
  return startFilter(begun, building, belief.filter.mean[AIR], belief.outdoor.outdoorC ?? 0)
}
