import { writeFile } from 'node:fs/promises'
import { configJsonSchema, configReference } from './config-reference.ts'

// Run from dist/scripts.
const config = new URL('../../config/', import.meta.url)
const schema = configJsonSchema()
await writeFile(new URL('schema.json', config), `${JSON.stringify(schema, null, 2)}\n`)
await writeFile(new URL('default.yaml', config), configReference(schema))
