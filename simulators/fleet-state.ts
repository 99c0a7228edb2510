import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BuildingId } from '../src/core/domain/building-id.ts'
import type { Instant } from '../src/core/domain/instant.ts'
import type { DeviceMemory } from './device.ts'
import type { FleetDraw } from './fleet.ts'

/** A fleet as it stood at `at`. */
export interface FleetState {
  readonly version: 1
  readonly at: Instant
  readonly draw: FleetDraw
  readonly buildings: Readonly<Record<BuildingId, DeviceState>>
}

export interface DeviceState {
  /** The physics' own snapshot. */
  readonly building: string
  readonly memory: DeviceMemory
}

export type FleetStateRead =
  | { readonly kind: 'state'; readonly state: FleetState }
  | { readonly kind: 'none' }
  /** There, but not ours to go on from: torn, another version, another fleet. */
  | { readonly kind: 'unusable'; readonly why: string }

/** The state of the fleet that `draw` gives, if the file holds it. */
export async function readFleetState(path: string, draw?: FleetDraw): Promise<FleetStateRead> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return isMissing ? { kind: 'none' } : { kind: 'unusable', why: String(error) }
  }
  return parseFleetState(text, draw)
}

function parseFleetState(text: string, draw: FleetDraw | undefined): FleetStateRead {
  try {
    const state: FleetState = JSON.parse(text)
    if (state?.version !== 1 || !Number.isFinite(state.at))
      return { kind: 'unusable', why: 'not a state of this version' }
    if (draw && JSON.stringify(draw) !== JSON.stringify(state.draw)) {
      return { kind: 'unusable', why: 'state of another fleet' }
    }
    return { kind: 'state', state }
  } catch {
    return { kind: 'unusable', why: 'not JSON' }
  }
}

/** Where a clock that may have run ahead of the world goes on: never before what the fleet has lived. */
export async function resumedEpoch(path: string, now: Instant): Promise<Instant> {
  const read = await readFleetState(path)
  return read.kind === 'state' ? Math.max(now, read.state.at) : now
}

/** Replaces the file in one step: a crash leaves the old state or the new one. */
export async function writeFleetState(path: string, state: FleetState): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.draft`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(JSON.stringify(state))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
