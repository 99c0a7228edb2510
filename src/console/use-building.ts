import { useEffect, useState } from 'preact/hooks'
import { readBuilding, readSeries } from './api-client.ts'
import type { Building, BuildingSummary, Series } from './api-types.ts'

export interface BuildingFigures {
  readonly building: Building | null
  readonly series: Series | null
  /** Why there is nothing to show, where that is so. */
  readonly why: string | null
}

const NOTHING: BuildingFigures = { building: null, series: null, why: null }
const HISTORY_MS = 12 * 3_600_000

/** One building in full, read anew whenever its summary says that something has changed. */
export function useBuilding(id: string, summary: BuildingSummary | undefined, at: number): BuildingFigures {
  const [figures, setFigures] = useState(NOTHING)
  useEffect(() => setFigures(NOTHING), [id])
  useEffect(() => {
    const leaving = new AbortController()
    void Promise.all([
      readBuilding(id, leaving.signal),
      readSeries(id, at - HISTORY_MS, leaving.signal),
    ]).then(([building, series]) => {
      if (leaving.signal.aborted) return
      setFigures((before) => ({
        building: building.ok ? building.value : before.building,
        series: series.ok ? series.value : before.series,
        why: building.ok ? null : building.why,
      }))
    })
    return () => leaving.abort()
  }, [id, summary])
  return figures
}
