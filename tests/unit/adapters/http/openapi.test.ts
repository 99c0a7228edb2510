import { expect, it } from 'vitest'
import { z } from 'zod'
import { type JsonSchema, typesFromOpenApi } from '../../../../src/adapters/http/types-from-openapi.ts'
import { createTestApp } from './test-app.ts'

const HEADER = `// Generated from the schemas of /api/v1/openapi.json: after a change there run
// npx vitest run --project fast tests/unit/adapters/http/openapi.test.ts -u
// biome-ignore-all format: generated

`

const jsonSchema = z.custom<JsonSchema>((value) => typeof value === 'object')
const operation = z.object({
  summary: z.string(),
  responses: z.record(z.string(), z.object({ description: z.string() })),
})
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
})

async function openApi(parts?: Parameters<typeof createTestApp>[0]) {
  const response = await createTestApp(parts).request('/api/v1/openapi.json')
  return documentSchema.parse(await response.json())
}

const operations = ({ paths }: Awaited<ReturnType<typeof openApi>>) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )

it('writes the types that the console is built on', async () => {
  const { components } = await openApi()
  const text = HEADER + typesFromOpenApi(components.schemas)
  await expect(text).toMatchFileSnapshot('../../../../src/console/api-types.ts')
})

it('names what the API does, and nothing that it does not', async () => {
  expect(operations(await openApi())).toEqual([
    'get /api/v1/health',
    'get /api/v1/fleet',
    'get /api/v1/plan',
    'get /api/v1/forecast',
    'get /api/v1/buildings',
    'get /api/v1/buildings/{id}',
    'get /api/v1/buildings/{id}/series',
    'post /api/v1/buildings/{id}/mode',
    'get /api/v1/orders',
    'post /api/v1/orders',
    'get /api/v1/orders/{id}',
    'delete /api/v1/orders/{id}',
    'get /api/v1/ledger',
    'get /api/v1/flexibility',
    'get /api/v1/orders/{id}/settlement',
    'get /api/v1/rejected',
    'get /api/v1/audit',
    'get /api/v1/stream',
  ])
})

it('names the export where there is one', async () => {
  const exporter = async () => ({ fileName: 'a.csv', body: new Uint8Array() })
  expect(operations(await openApi({ exporter }))).toContain('get /api/v1/export')
})

it('keeps null out of the named schemas and in their use', async () => {
  const { schemas } = (await openApi()).components
  for (const [name, schema] of Object.entries(schemas))
    expect([name, schema.type]).not.toContainEqual(['object', 'null'])
  expect(schemas['BuildingSummary'].properties?.['lease'].anyOf).toEqual([
    { $ref: '#/components/schemas/Lease' },
    { type: 'null' },
  ])
})

it.each([
  { schema: { type: 'integer' }, text: 'number' },
  { schema: { type: ['string', 'null'] }, text: 'string | null' },
  { schema: { type: 'string', enum: ['a', "b'c"] }, text: "'a' | 'b\\'c'" },
  { schema: { type: 'array', items: { type: ['number', 'null'] } }, text: 'readonly (number | null)[]' },
  {
    schema: { type: 'object', additionalProperties: { type: 'number' } },
    text: 'Readonly<Record<string, number>>',
  },
  { schema: { allOf: [{ $ref: '#/components/schemas/A' }, { type: 'object' }] }, text: 'A & {\n}' },
  {
    schema: {
      type: 'object',
      properties: { a: { type: 'string' }, 'b-c': { type: 'boolean' } },
      required: ['a'],
    },
    text: "{\n  readonly a: string\n  readonly 'b-c'?: boolean\n}",
  },
])('writes $schema as TypeScript', ({ schema, text }) => {
  expect(typesFromOpenApi({ X: schema })).toBe(`export type X = ${text}\n`)
})
