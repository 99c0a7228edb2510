import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemSchema } from '../../../../src/adapters/http/problem.ts'
import { buildingPageSchema } from '../../../../src/adapters/http/schemas/building.ts'
import { fleetSchema, healthSchema } from '../../../../src/adapters/http/schemas/fleet.ts'
import { flexibilitySchema } from '../../../../src/adapters/http/schemas/flexibility.ts'
import { modeAnswerSchema, modeRequestSchema } from '../../../../src/adapters/http/schemas/mode.ts'
import {
  ledgerSchema,
  orderDetailSchema,
  orderQuoteSchema,
  orderRequestSchema,
  orderSchema,
} from '../../../../src/adapters/http/schemas/order.ts'
import { fleetPlanSchema, forecastSchema } from '../../../../src/adapters/http/schemas/plan.ts'
import { auditEntrySchema, rejectionSchema } from '../../../../src/adapters/http/schemas/records.ts'
import { settlementSchema } from '../../../../src/adapters/http/schemas/settlement.ts'
import { seriesSchema } from '../../../../src/adapters/http/schemas/telemetry.ts'
import { createTestApp } from './test-app.ts'

const page = await readFile(new URL('../../../../docs/api.md', import.meta.url), 'utf8')

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  Problem: problemSchema,
  Health: healthSchema,
  Fleet: fleetSchema,
  BuildingPage: buildingPageSchema,
  Series: seriesSchema,
  ModeRequest: modeRequestSchema,
  ModeAnswer: modeAnswerSchema,
  FleetPlan: fleetPlanSchema,
  Forecast: forecastSchema,
  Flexibility: flexibilitySchema,
  'Order[]': orderSchema.array(),
  OrderRequest: orderRequestSchema,
  OrderDetail: orderDetailSchema,
  OrderQuote: orderQuoteSchema,
  Ledger: ledgerSchema,
  Settlement: settlementSchema,
  'Rejection[]': rejectionSchema.array(),
  'AuditEntry[]': auditEntrySchema.array(),
}

const examples = [...page.matchAll(/```json example=(\S+)\n([\s\S]*?)```/g)].map(([, name, text]) => ({
  name,
  text,
}))

describe('docs/api.md', () => {
  it('has an example of every kind that it may', () => {
    expect(examples.map(({ name }) => name).sort()).toEqual(Object.keys(SCHEMAS).sort())
  })

  it.each(examples)('shows a $name as the API would give or take it', ({ name, text }) => {
    const example: unknown = JSON.parse(text)
    expect(SCHEMAS[name].parse(example)).toEqual(example)
  })

  it('has a section for every operation, and none for another', async () => {
    const response = await createTestApp().request('/api/v1/openapi.json')
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await response.json())
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const sections = [...page.matchAll(/^## ((?:GET|POST|DELETE) \S+)$/gm)].map(([, section]) => section)
    expect(sections.toSorted()).toEqual([...operations, 'GET /metrics'].sort())
  })

  it('names metrics that are there', async () => {
    const scraped = await (await createTestApp().request('/metrics')).text()
    const named = [...page.matchAll(/`(heatflex_\w+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(5)
    for (const name of named) expect(scraped).toContain(`# TYPE ${name} `)
  })
})
