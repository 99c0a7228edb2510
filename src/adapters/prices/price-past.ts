import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import type { PricePast } from '../../controller/ports.ts'
import { DAY_MS, SLOT_MS, type Window } from '../../core/domain/instant.ts'
import type { SlotSeries } from '../../core/domain/series.ts'
import type { SlotsNote } from './live-slots.ts'
import { createSlotMemory } from './slot-memory.ts'

export interface PricePastSetup {
  readonly source: string
  readonly file: string | undefined
  /** How far back one question may reach; 0 where the service is not asked for its past. */
  readonly historyDays: number
  readonly ask: (window: Window) => Promise<SlotSeries | undefined>
  readonly onNote: (note: SlotsNote) => void
}

const keptSchema = z.object({
  source: z.string(),
  start: z.number(),
  eurPerMwh: z.array(z.number().nullable()),
})

/** Past prices from a file, and of what is missing there from one question to the service. */
export function createPricePast({ source, file, historyDays, ask, onNote }: PricePastSetup): PricePast {
  let writing = Promise.resolve()
  const memory = createSlotMemory()

  const write = async (path: string, { start, values }: SlotSeries) => {
    await mkdir(dirname(path), { recursive: true })
    const eurPerMwh = Array.from(values, (value) => (Number.isNaN(value) ? null : value))
    await writeFile(`${path}.next`, JSON.stringify({ source, start, eurPerMwh }))
    await rename(`${path}.next`, path)
  }

  const keep = (series: SlotSeries): void => {
    if (file === undefined) return
    writing = writing.then(() => write(file, series)).catch((error) => onNote({ kind: 'not-kept', error }))
  }

  return {
    source,
    keep,
    async tell(window) {
      const kept = file === undefined ? undefined : await readKept(file, source)
      if (kept) memory.keep(kept)
      const asked = missing(memory.unknown(window), window, historyDays)
      const told = asked && (await ask(asked))
      if (asked && !told && !kept) return undefined
      if (told) memory.keep(told)
      const series = memory.cut(window, window.to)
      if (told) keep(series)
      return series
    },
  }
}

/** Whole days from the first unknown slot in reach of a question to the end; undefined where none is missing. */
function missing(unknown: readonly number[], { to }: Window, historyDays: number): Window | undefined {
  const reach = to - historyDays * DAY_MS
  const first = unknown.find((at) => at >= reach)
  if (first === undefined) return undefined
  return { from: Math.max(reach, to - Math.ceil((to - first) / DAY_MS) * DAY_MS), to }
}

/** Undefined where nothing was kept, or it cannot be read: then it is asked for again. */
async function readKept(path: string, source: string): Promise<SlotSeries | undefined> {
  try {
    const kept = keptSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    if (kept.source !== source || kept.start % SLOT_MS !== 0) return undefined
    return {
      start: kept.start,
      values: Float64Array.from(kept.eurPerMwh, (value) => value ?? Number.NaN),
    }
  } catch {
    // Nothing kept, or half of a file: the service knows it all.
    return undefined
  }
}
