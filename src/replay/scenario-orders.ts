import { z } from 'zod'
import { instantField } from '../core/devices/instant-field.ts'
import { ORDER_KINDS } from '../core/domain/order.ts'

/** Lives of the same days beside the three of every replay. */
export const BESIDE = ['equal-cut', 'uncoordinated', 'uncalled'] as const
export type Beside = (typeof BESIDE)[number]

/** An order of a scenario, placed as an operator would. */
export const orderSchema = z
  .strictObject({
    kind: z.enum(ORDER_KINDS),
    kw: z.number().min(0),
    from: instantField,
    until: instantField,
    branch: z.string().optional(),
    note: z.string().max(500).optional(),
    announcedAt: instantField
      .optional()
      .describe('when it is placed; a day before `from`, or at the start, where left out'),
  })
  .refine(({ from, until }) => until > from, { path: ['until'], message: 'must be after `from`' })
  .refine(({ announcedAt, from }) => announcedAt === undefined || announcedAt <= from, {
    path: ['announcedAt'],
    message: 'must not be after `from`',
  })

/** Calls at random times, placed as a market would. */
export const callsSchema = z.strictObject({
  count: z.int().min(1).max(500).describe('how many, at most: one in every `everyHours`'),
  seed: z
    .int()
    .min(0)
    .max(2_147_483_647)
    .optional()
    .describe('draws when and with how much notice; the scenario’s seed where left out'),
  hours: z.number().min(0.25).max(4).default(2).describe('how long each lasts'),
  everyHours: z.int().min(6).max(240).default(33).describe('how far apart: one in each such span'),
  noticeMinutes: z
    .array(z.int().min(0).max(1440))
    .min(1)
    .default([180, 10])
    .describe('how long before its start each is announced, by chance one of these'),
  coldestC: z.number().min(-50).max(40).default(-15).describe('no call while it is colder outside'),
  warmestC: z.number().min(-50).max(40).default(5).describe('or warmer'),
})

interface Naming {
  readonly network?: { readonly branches: readonly { readonly id: string }[] } | undefined
  readonly fleet: { readonly branches?: Readonly<Record<string, number>> | undefined }
  readonly capShareOfAsFoundPeak: Readonly<Record<string, number>>
  readonly orders: readonly { readonly branch?: string | undefined }[]
}

interface Stray {
  readonly id: string
  readonly path: readonly (string | number)[]
}

/** Branches that a scenario names and its network does not have. */
export function strayBranches(scenario: Naming): readonly Stray[] {
  const known = new Set(scenario.network?.branches.map(({ id }) => id))
  const named: Stray[] = [
    ...Object.keys(scenario.fleet.branches ?? {}).map((id) => ({ id, path: ['fleet', 'branches', id] })),
    ...Object.keys(scenario.capShareOfAsFoundPeak).map((id) => ({ id, path: ['capShareOfAsFoundPeak', id] })),
    ...scenario.orders.flatMap(({ branch }, i) =>
      branch === undefined ? [] : [{ id: branch, path: ['orders', i, 'branch'] }],
    ),
  ]
  return named.filter(({ id }) => !known.has(id))
}
