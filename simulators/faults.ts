import { z } from 'zod'
import { instantField } from '../src/core/devices/instant-field.ts'
import type { BuildingId } from '../src/core/domain/building-id.ts'
import type { Instant } from '../src/core/domain/instant.ts'
import { SCALAR_READINGS } from '../src/core/domain/telemetry.ts'
import { streamKey, uniform } from './chance.ts'

const when = {
  from: instantField.describe('when it begins'),
  until: instantField.describe('when it is over'),
  buildings: z
    .union([
      z.literal('all'),
      z.array(z.string()).min(1),
      z.strictObject({ share: z.number().gt(0).max(1) }),
      z.strictObject({ first: z.int().min(1) }),
    ])
    .default('all')
    .describe('which: all, ids, a share drawn by the seed, or the first few of the fleet'),
}
/** A zone's thermometer, unless another reading is named. */
const sensor = {
  reading: z.enum(SCALAR_READINGS).optional().describe('which sensor, where it is no zone of its own'),
  zone: z.string().default('first').describe('a zone by id, or `first`, or `all`'),
}
const share = z.number().gt(0).max(1)

/** One fault of a scenario, in the words of its YAML. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stuck'), ...when, ...sensor }),
  z.strictObject({ kind: z.literal('jump'), ...when, ...sensor, byK: z.number().default(6) }),
  z.strictObject({ kind: z.literal('out-of-range'), ...when, ...sensor, value: z.number().default(850) }),
  z.strictObject({ kind: z.literal('silent'), ...when, ...sensor }),
  z.strictObject({ kind: z.literal('open-window'), ...when, zone: z.string().default('first') }),
  z.strictObject({ kind: z.literal('dropout'), ...when, share: share.default(0.2) }),
  z.strictObject({ kind: z.literal('clock-off'), ...when, byHours: z.number().default(24) }),
  z.strictObject({ kind: z.literal('seconds'), ...when }),
  z.strictObject({ kind: z.literal('duplicate'), ...when, share: share.default(1) }),
  z.strictObject({ kind: z.literal('reordered'), ...when, share: share.default(0.5) }),
  z.strictObject({ kind: z.literal('counter-reset'), ...when }),
  z.strictObject({ kind: z.literal('offline'), ...when }),
  z.strictObject({ kind: z.literal('garbage'), ...when }),
])
export type Fault = z.output<typeof faultSchema>
export type FaultKind = Fault['kind']

/** Those of the scenario's faults that befall this building, the `index`th of its fleet. */
export function faultsOf(
  faults: readonly Fault[],
  building: BuildingId,
  index: number,
  seed: number,
): readonly Fault[] {
  return faults.filter(({ kind, buildings }) => {
    if (buildings === 'all') return true
    if (Array.isArray(buildings)) return buildings.includes(building)
    if ('first' in buildings) return index < buildings.first
    return uniform(streamKey(seed, 'fault', kind, building), 0) < buildings.share
  })
}

export function isActive({ from, until }: Fault, at: Instant): boolean {
  return at >= from && at < until
}
