import type { BuildingSummary, DeskEvent } from '../../core/domain/views.ts'

const MAX_OTHERS = 200

export interface EventGathering {
  add(event: DeskEvent): void
  /** What is due now; the rest of a large fleet waits for the next call. */
  take(): readonly DeskEvent[]
}

/**
 * Between two sends only the latest of each building counts, so a listener gets a bounded stream however many
 * buildings report. Of turns and rejections the oldest go first when they pile up: both can be read again.
 */
export function createEventGathering(maxBuildingsAtOnce: number): EventGathering {
  const buildings = new Map<string, BuildingSummary>()
  const others: DeskEvent[] = []
  const add = (event: DeskEvent) => {
    if (event.type === 'building') buildings.set(event.building.id, event.building)
    else others.push(event)
    if (others.length > MAX_OTHERS) others.shift()
  }
  const takeBuildings = (): DeskEvent[] => {
    const due = [...buildings.values()].slice(0, maxBuildingsAtOnce)
    for (const { id } of due) buildings.delete(id)
    return due.map((building) => ({ type: 'building', building }))
  }
  return { add, take: () => [...takeBuildings(), ...others.splice(0)] }
}
