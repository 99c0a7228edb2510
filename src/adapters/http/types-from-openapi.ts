/** The part of JSON Schema that our own document uses. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly (string | number | null)[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly description?: string
}

/** TypeScript for the named schemas of an OpenAPI document, sorted, so that the same document gives the same text. */
export function typesFromOpenApi(schemas: Readonly<Record<string, JsonSchema>>): string {
  const names = Object.keys(schemas).sort()
  return names.map((name) => `export type ${name} = ${typeOf(schemas[name] ?? {}, '')}\n`).join('\n')
}

function typeOf(schema: JsonSchema, indent: string): string {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part, indent)).join(' & ')
  const either = schema.anyOf ?? schema.oneOf
  if (either) return either.map((part) => typeOf(part, indent)).join(' | ')
  if (schema.enum) return schema.enum.map((value) => literal(value)).join(' | ')
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  return types.map((type) => plainType(type, schema, indent)).join(' | ') || 'unknown'
}

function plainType(type: string, schema: JsonSchema, indent: string): string {
  switch (type) {
    case 'object':
      return objectType(schema, indent)
    case 'array':
      return `readonly ${bracketed(typeOf(schema.items ?? {}, indent))}[]`
    case 'integer':
      return 'number'
    default:
      return type
  }
}

function objectType(schema: JsonSchema, indent: string): string {
  const { properties, additionalProperties } = schema
  if (!properties && typeof additionalProperties === 'object') {
    return `Readonly<Record<string, ${typeOf(additionalProperties, indent)}>>`
  }
  const inner = `${indent}  `
  const lines = Object.entries(properties ?? {}).map(([name, property]) => {
    const mark = schema.required?.includes(name) ? '' : '?'
    const note = property.description ? `${inner}/** ${property.description} */\n` : ''
    return `${note}${inner}readonly ${key(name)}${mark}: ${typeOf(property, inner)}\n`
  })
  return `{\n${lines.join('')}${indent}}`
}

function bracketed(type: string): string {
  return / [|&] /.test(type) ? `(${type})` : type
}

function key(name: string): string {
  return /^[a-zA-Z_]\w*$/.test(name) ? name : literal(name)
}

function literal(value: string | number | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value)
}
