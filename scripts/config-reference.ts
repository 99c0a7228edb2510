import { stringify } from 'yaml'
import { z } from 'zod'
import { configSchema } from '../src/config.ts'

/** The parts of JSON Schema that our configuration uses. */
export interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

/** What editors check a configuration against. */
export function configJsonSchema(): JsonSchema {
  return z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema
}

const HEAD = `# yaml-language-server: $schema=./schema.json
# Every key of the configuration, with what holds where it is left out. This file as it stands is what
# \`heatflex start\` runs without a file: a simulated street, on this machine alone.
# Written by \`npm run generate\` from src/config.ts: change it there.
`

/** The whole configuration as YAML: defaults in force, the rest as comments. */
export function configReference(schema: JsonSchema): string {
  const groups = Object.entries(schema.properties ?? {}).map(([name, part]) => {
    // The one optional group that is in force without a file.
    const shown = name === 'simulated' ? { ...part, default: {} } : part
    return entry(name, shown, false).join('\n')
  })
  return `${HEAD}\n${groups.join('\n\n')}\n`
}

function entry(name: string, schema: JsonSchema, isRequired: boolean): string[] {
  const about = `# ${explain(schema, isRequired)}`
  if (schema.properties) return [about, ...group(name, schema)]
  const choices = [...forms(variants(schema)), ...forms(variants(schema.items ?? {}))].map(
    (line) => `#   ${line}`,
  )
  // Required keys stand in a block that is a comment as a whole: taking that away leaves a form to fill in.
  if (schema.default === undefined)
    return [about, ...choices, isRequired ? `${name}:` : `# ${name}:`, ...itemLines(schema)]
  return [about, ...choices, `${name}: ${inline(schema.default)}`, ...itemLines(schema)]
}

function group(name: string, schema: JsonSchema): string[] {
  const children = Object.entries(schema.properties ?? {}).flatMap(([key, part]) =>
    entry(key, part, schema.required?.includes(key) === true),
  )
  const lines = [`${name}:`, ...children.map((line) => `  ${line}`)]
  return schema.default === undefined ? lines.map(commented) : lines
}

/** A list is shown by what one of its entries may hold. */
function itemLines({ items }: JsonSchema): string[] {
  if (!items?.properties) return []
  const [first = '', ...rest] = Object.entries(items.properties)
    .flatMap(([key, part]) => entry(key, part, items.required?.includes(key) === true))
    .map((line) => `  ${line}`)
  return [`- ${first.trim()}`, ...rest].map(commented)
}

function commented(line: string): string {
  return `# ${line}`
}

/** The forms a value may have, those of a form among them. */
function variants({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] {
  return (anyOf ?? oneOf ?? []).flatMap((one) => (one.anyOf || one.oneOf ? variants(one) : [one]))
}

/** Each form by what is its own, then what all of them may say. */
function forms(all: readonly JsonSchema[]): string[] {
  const [first, ...others] = all
  const shared = Object.entries(first?.properties ?? {}).filter(
    ([key, part]) =>
      others.length > 1 &&
      others.every((other) => JSON.stringify(other.properties?.[key]) === JSON.stringify(part)),
  )
  const isShared = new Set(shared.map(([key]) => key))
  const lines = all.flatMap((one) => describeVariant(one, isShared))
  if (!first || shared.length === 0) return lines
  const each = shared.flatMap(([key, part]) =>
    describeField(key, part, first.required?.includes(key) === true),
  )
  return [...lines, 'each of them:', ...each.map((line) => `  ${line}`)]
}

function describeVariant(schema: JsonSchema, isShared: ReadonlySet<string>): string[] {
  if (!schema.properties) return [`${inline(schema.const)}: ${schema.description}`]
  const keys = Object.entries(schema.properties)
  const kind = keys.find(([, { const: constant }]) => constant !== undefined)
  const fields = keys
    .filter((key) => key !== kind && !isShared.has(key[0]))
    .flatMap(([key, part]) => describeField(key, part, schema.required?.includes(key) === true))
  const head = kind ? [`${kind[0]}: ${inline(kind[1].const)}: ${kind[1].description}`] : []
  return [...head, ...fields.map((field) => (kind ? `  ${field}` : field))]
}

/** A field of a form, and under it the fields that it holds itself. */
function describeField(key: string, schema: JsonSchema, isRequired: boolean): string[] {
  const inner = schema.properties ? schema : schema.items
  const parts = Object.entries(inner?.properties ?? {}).flatMap(([name, part]) =>
    describeField(name, part, inner?.required?.includes(name) === true),
  )
  return [`${key}: ${explain(schema, isRequired)}`, ...parts.map((line) => `  ${line}`)]
}

function explain(schema: JsonSchema, isRequired: boolean): string {
  const facts = [range(schema), isRequired && schema.default === undefined ? 'required' : ''].filter(Boolean)
  return `${schema.description}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`
}

function range({ enum: words, minimum, exclusiveMinimum, maximum, type }: JsonSchema): string {
  if (words) return words.join(', ')
  const whole = type === 'integer' ? 'whole number, ' : ''
  if (minimum !== undefined && maximum !== undefined) return `${whole}${minimum} to ${maximum}`
  if (minimum !== undefined) return `${whole}from ${minimum}`
  return exclusiveMinimum === undefined ? '' : `${whole}above ${exclusiveMinimum}`
}

function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow' }).trim()
}
