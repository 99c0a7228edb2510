import { createReadStream, existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { BuildingId } from '../../core/domain/building-id.ts'
import { DAY_MS, type Instant } from '../../core/domain/instant.ts'
import { inTurn } from './in-turn.ts'
import type { StoreLog } from './open-database.ts'
import { recorderError } from './recorder-error.ts'

export interface Belief {
  readonly at: Instant
  readonly json: string
}
export type Beliefs = ReadonlyMap<BuildingId, Belief>

export interface BeliefStore {
  /** Durable when it resolves; buildings that are not handed in keep their last belief for a week. */
  write(at: Instant, beliefs: ReadonlyMap<BuildingId, string>): Promise<void>
  read(): Promise<{ readonly turnAt: Instant | undefined; readonly beliefs: Beliefs }>
}

/** How many turns stay on disk: the newest, and one to fall back on. */
const KEPT_FILES = 2
const FORGET_AFTER_MS = 7 * DAY_MS
const PIECE_CHARS = 1 << 20

export function createMemoryBeliefs(): BeliefStore {
  let turnAt: Instant | undefined
  let beliefs: Beliefs = new Map()
  return {
    async write(at, given) {
      beliefs = merged(beliefs, at, given)
      turnAt = at
    },
    read: async () => ({ turnAt, beliefs }),
  }
}

/**
 * One file a turn beside the database, `<store>.turn-<at>`, written whole and renamed into place: a snapshot
 * of every building each quarter-hour in the database would make it grow by gigabytes a day.
 */
export function createBeliefFiles(storePath: string, log: StoreLog): BeliefStore {
  const one = inTurn()
  const folder = dirname(storePath)
  const prefix = `${basename(storePath)}.turn-`
  let known: ReadonlyMap<BuildingId, Instant> | undefined

  async function write(at: Instant, given: ReadonlyMap<BuildingId, string>): Promise<void> {
    const path = join(folder, `${prefix}${at}`)
    try {
      const all = await withCarried(at, given)
      await writeWhole(path, at, all)
      known = new Map([...all].map(([building, belief]) => [building, belief.at]))
      for (const old of (await turns()).slice(KEPT_FILES)) await rm(join(folder, `${prefix}${old}`))
    } catch (cause) {
      known = undefined
      throw recorderError(`writing the beliefs of the turn ${path}`, cause)
    }
  }

  /** Reads the last file again only where a building of it was not handed in. */
  async function withCarried(at: Instant, given: ReadonlyMap<BuildingId, string>): Promise<Beliefs> {
    const isComplete = known && [...known.keys()].every((building) => given.has(building))
    return merged(isComplete ? new Map() : (await read()).beliefs, at, given)
  }

  /** Newest first. */
  async function turns(): Promise<readonly Instant[]> {
    const names = existsSync(folder) ? await readdir(folder) : []
    const ats = names
      .filter((name) => name.startsWith(prefix))
      .map((name) => Number(name.slice(prefix.length)))
    return ats.filter(Number.isFinite).sort((a, b) => b - a)
  }

  async function read(): Promise<{ turnAt: Instant | undefined; beliefs: Beliefs }> {
    for (const turnAt of await turns()) {
      const path = join(folder, `${prefix}${turnAt}`)
      const beliefs = await readWhole(path).catch((error: unknown) => recorderError(`reading ${path}`, error))
      if (beliefs instanceof Map) return { turnAt, beliefs }
      log.error({ path, error: beliefs }, 'beliefs unreadable, falling back on the turn before')
    }
    return { turnAt: undefined, beliefs: new Map() }
  }

  return { write: (at, given) => one(() => write(at, given)), read: () => one(read) }
}

function merged(
  before: Beliefs,
  at: Instant,
  given: ReadonlyMap<BuildingId, string>,
): Map<BuildingId, Belief> {
  const all = new Map([...before].filter(([, belief]) => belief.at > at - FORGET_AFTER_MS))
  for (const [building, json] of given) all.set(building, { at, json })
  return all
}

async function writeWhole(path: string, at: Instant, beliefs: Beliefs): Promise<void> {
  const draft = `${path}.draft`
  await mkdir(dirname(path), { recursive: true })
  try {
    const file = await open(draft, 'w')
    try {
      await writeLines(file, at, beliefs)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    await rm(draft, { force: true })
    throw cause
  }
}

/** A line a building and a last line with their number, in pieces that leave the event loop free. */
async function writeLines(file: FileHandle, at: Instant, beliefs: Beliefs): Promise<void> {
  let piece = ''
  for (const [building, belief] of beliefs) {
    piece += `${JSON.stringify([building, belief.at, belief.json])}\n`
    if (piece.length < PIECE_CHARS) continue
    await file.writeFile(piece)
    piece = ''
  }
  await file.writeFile(`${piece}${JSON.stringify({ at, buildings: beliefs.size })}\n`)
}

/** A rename is durable once the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function readWhole(path: string): Promise<Map<BuildingId, Belief>> {
  const beliefs = new Map<BuildingId, Belief>()
  let counted: number | undefined
  for await (const line of createInterface({ input: createReadStream(path, 'utf8') })) {
    const parsed: unknown = JSON.parse(line)
    if (!Array.isArray(parsed)) counted = (parsed as { buildings: number }).buildings
    else beliefs.set(parsed[0], { at: parsed[1], json: parsed[2] })
  }
  if (counted !== beliefs.size)
    throw new Error(`${beliefs.size} of ${counted ?? 'unknown'} beliefs are there`)
  return beliefs
}
