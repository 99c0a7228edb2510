import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OrdersReport } from '../../src/replay/orders/orders-report.ts'

export interface ApartTerms {
  readonly folder: string
  readonly first: number
  readonly calls: number
  readonly processes: number
  /** Replays the `index`th and leaves its calls in `fileOf(folder, index)`. */
  readonly script: string
  readonly args: readonly string[]
}

/** Beyond so many something is wrong with the weather, not with chance. */
const MOST_REPLAYS = 100

export function fileOf(folder: string, index: number): string {
  return join(folder, `${index}.json`)
}

/** Replays one after another in processes of their own, until together they have the calls; oldest index first. */
export async function replaysApart(terms: ApartTerms): Promise<readonly OrdersReport[]> {
  const { folder, first, calls, processes } = terms
  const done = new Map<number, OrdersReport>()
  let next = first
  // Which calls count must not depend on who was quicker: only those without a gap before them do.
  const counted = () => {
    const replays: OrdersReport[] = []
    let count = 0
    for (let index = first; done.has(index) && count < calls; index++) {
      replays.push(done.get(index)!)
      count += done.get(index)!.all.length
    }
    return { replays, isEnough: count >= calls }
  }
  const work = async () => {
    while (!counted().isEnough && next < first + MOST_REPLAYS) {
      const index = next++
      if (!existsSync(fileOf(folder, index))) await apart(terms, index)
      done.set(index, JSON.parse(await readFile(fileOf(folder, index), 'utf8')))
    }
  }
  await Promise.all(Array.from({ length: processes }, work))
  return counted().replays
}

/** A process each: what one leaves in memory is gone before the next. */
function apart({ script, args }: ApartTerms, index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [...args, '--only', String(index)])
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`replay ${index} ended with ${code}`)),
    )
  })
}
