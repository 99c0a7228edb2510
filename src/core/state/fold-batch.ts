import type { Building } from '../domain/building.ts'
import type { Instant } from '../domain/instant.ts'
import type { Sample } from '../domain/telemetry.ts'
import { foldSample, refold, type Timeline } from './timeline.ts'
import type { World } from './world.ts'

/** Many samples at once, in any order: what a gateway kept is folded in one pass, not once a sample. */
export function foldBatch(
  timeline: Timeline,
  building: Building,
  batch: readonly Sample[],
  world: World,
): Timeline {
  const begin = timeline.marks[0].at
  const had = new Set<Instant>(timeline.samples.map((sample) => sample.at))
  const fresh: Sample[] = []
  let tooLate = timeline.tooLate
  for (const sample of batch) {
    if (sample.at <= begin) tooLate++
    else if (!had.has(sample.at)) {
      had.add(sample.at)
      fresh.push(sample)
    }
  }
  fresh.sort((a, b) => a.at - b.at)
  const late = fresh.filter((sample) => sample.at < timeline.belief.at)
  let next: Timeline = { ...timeline, tooLate }
  if (late.length > 0) {
    const samples = [...timeline.samples, ...late].sort((a, b) => a.at - b.at)
    next = refold(next, building, samples, late[0].at, world)
  }
  for (const sample of fresh.slice(late.length)) next = foldSample(next, building, sample, world).timeline
  return next
}
