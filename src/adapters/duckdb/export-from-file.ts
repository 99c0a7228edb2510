import type { ExportRequest } from './export-request.ts'
import { exportTable } from './export-table.ts'
import type { StoreLog } from './open-database.ts'
import { recorderError } from './recorder-error.ts'
import { openSession } from './session.ts'

/** Reads a store that no controller has open, without changing it; a `RecorderError` says `locked` where one has. */
export async function exportFromFile(
  storePath: string,
  request: ExportRequest,
  target: string,
  log: StoreLog,
): Promise<number> {
  const options = { path: storePath, readOnly: true, memoryMb: 512, onDamaged: 'refuse', log } as const
  const session = await openSession(options)
  try {
    return await session.aside((connection) => exportTable(connection, request, target))
  } catch (cause) {
    throw recorderError(`exporting ${request.table} to ${target}`, cause)
  } finally {
    await session.close()
  }
}
