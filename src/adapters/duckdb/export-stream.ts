import { createReadStream, type ReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DuckdbRecorder } from './duckdb-recorder.ts'
import type { ExportRequest } from './export-request.ts'

/** The rows that were asked for as a stream of CSV or Parquet; what is on disk meanwhile goes with the stream. */
export async function exportStream(recorder: DuckdbRecorder, request: ExportRequest): Promise<ReadStream> {
  return await streamFile((path) => recorder.exportTo(path, request))
}

/** A stream of what `write` puts into a passing file. */
export async function streamFile(write: (path: string) => Promise<unknown>): Promise<ReadStream> {
  const folder = await mkdtemp(join(tmpdir(), 'heatflex-export-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await write(join(folder, 'rows'))
    const stream = createReadStream(join(folder, 'rows'))
    stream.once('close', () => void remove())
    return stream
  } catch (cause) {
    await remove()
    throw cause
  }
}
