import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'

/** Rows of our own tables, so their types are those of the schema: BIGINT is bigint, an absent value null. */
export async function select<T extends object>(
  connection: DuckDBConnection,
  sql: string,
  values: Record<string, DuckDBValue> = {},
): Promise<readonly T[]> {
  const result = await connection.runAndReadAll(sql, values)
  return result.getRowObjectsJS() as readonly object[] as readonly T[]
}
