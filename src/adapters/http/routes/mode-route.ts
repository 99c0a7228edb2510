import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Desk } from '../../../controller/ports.ts'
import type { BuildingId } from '../../../core/domain/building-id.ts'
import type { Instant } from '../../../core/domain/instant.ts'
import type { Lease, OperatorMode } from '../../../core/domain/lease.ts'
import { answer } from '../answer.ts'
import { problem, problemAnswer } from '../problem.ts'
import { modeAnswerSchema, modeRequestSchema } from '../schemas/mode.ts'
import { buildingId } from '../schemas/parts.ts'
import { unknownBuilding } from '../unknown-building.ts'

const route = createRoute({
  method: 'post',
  path: '/buildings/{id}/mode',
  summary: 'Follow the plan, the building’s own curve, or hold an offset on it',
  request: {
    params: z.object({ id: buildingId }),
    body: { required: true, content: { 'application/json': { schema: modeRequestSchema } } },
  },
  responses: {
    200: answer(modeAnswerSchema, 'the mode is set, and the audit has it'),
    400: problemAnswer('the body cannot be read'),
    403: problemAnswer('the request comes from a foreign page'),
    404: problemAnswer('no such building'),
    413: problemAnswer('the body is too large'),
  },
})

export function addModeRoute(api: OpenAPIHono, desk: Desk): void {
  api.openapi(route, async (c) => {
    const { id } = c.req.valid('param')
    const mode = operatorMode(c.req.valid('json'), () => offsetNow(desk, id))
    const outcome = await desk.setMode(id, mode, c.get('actor'))
    if (outcome === 'done') return c.json({ building: id, mode }, 200)
    return problem(c, unknownBuilding(id))
  })
}

function operatorMode(asked: z.output<typeof modeRequestSchema>, heldNow: () => number): OperatorMode {
  if (asked.mode !== 'hold') return { kind: asked.mode }
  return { kind: 'hold', supplyOffsetK: asked.supplyOffsetK ?? heldNow() }
}

function offsetNow(desk: Desk, id: BuildingId): number {
  const building = desk.building(id)
  if (building?.mode.kind === 'hold') return building.mode.supplyOffsetK
  return building?.lease ? leasedOffsetK(building.lease, desk.health().at) : 0
}

/** The offset of the step that runs at `now`; 0 outside the lease, since the building is on its curve then. */
function leasedOffsetK(lease: Lease, now: Instant): number {
  if (now < lease.validFrom || now >= lease.validUntil) return 0
  return lease.steps.findLast((step) => step.from <= now)?.supplyOffsetK ?? 0
}
