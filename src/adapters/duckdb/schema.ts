import { type Column, quoted, TABLES, type Table } from './tables.ts'

export const SCHEMA_VERSION = 1
/** Its presence says that a database is ours. */
export const MARK_TABLE = 'heatflexStore'

const TYPES = { text: 'VARCHAR', instant: 'BIGINT', integer: 'BIGINT', number: 'DOUBLE' } as const

/** Makes what is missing; the views in `people` show instants as times for whoever opens the file by hand. */
export function schemaStatements(): readonly string[] {
  const tables: readonly Table[] = Object.values(TABLES)
  return [
    `CREATE TABLE IF NOT EXISTS ${quoted(MARK_TABLE)} (version INTEGER)`,
    `INSERT INTO ${quoted(MARK_TABLE)} SELECT ${SCHEMA_VERSION} WHERE NOT EXISTS (FROM ${quoted(MARK_TABLE)})`,
    'CREATE SCHEMA IF NOT EXISTS people',
    ...tables.map((table) => `CREATE TABLE IF NOT EXISTS ${quoted(table.name)} (${definitions(table)})`),
    ...tables.map(peopleView),
  ]
}

function definitions(table: Table): string {
  return table.columns.map(([name, kind]) => `${quoted(name)} ${TYPES[kind]}`).join(', ')
}

function peopleView(table: Table): string {
  const columns = table.columns.map(shown).join(', ')
  return `CREATE OR REPLACE VIEW people.${quoted(table.name)} AS SELECT ${columns} FROM main.${quoted(table.name)}`
}

function shown([name, kind]: Column): string {
  if (kind !== 'instant') return quoted(name)
  return `to_timestamp(${quoted(name)} / 1000.0) AS ${quoted(name)}`
}
