import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportFromFile } from '../adapters/duckdb/export-from-file.ts'
import { type ExportRequest, parseExportRequest } from '../adapters/duckdb/export-request.ts'
import { streamFile } from '../adapters/duckdb/export-stream.ts'
import type { StoreLog } from '../adapters/duckdb/open-database.ts'
import { RecorderError } from '../adapters/duckdb/recorder-error.ts'
import { bearer, tokenAdvice } from './api-token.ts'

export interface ExportOptions {
  /** What is asked for, as it was typed: `table`, `format`, `from`, `to`, `building`. */
  readonly asked: Readonly<Record<string, string | undefined>>
  /** A file, or `-` for `stdout`. */
  readonly out: string
  readonly storePath: string
  /** Where the controller answers that may have the store open: `http://127.0.0.1:8080`. */
  readonly controllerUrl: string
  /** Where that controller wants one. */
  readonly token?: string | undefined
  readonly stdout: Writable
  readonly log: StoreLog
}

export type ExportOutcome =
  | { readonly kind: 'written'; readonly by: 'store' | 'controller' }
  /** Exit code 2. */
  | { readonly kind: 'bad-input'; readonly faults: readonly string[] }
  /** Exit code 3. */
  | { readonly kind: 'failed'; readonly why: string }

/** Writes records to a file: from the store itself, or through the controller that has it open. */
export async function runExport(options: ExportOptions): Promise<ExportOutcome> {
  const parsed = parseExportRequest(options.asked)
  if (!parsed.ok) return { kind: 'bad-input', faults: parsed.faults }
  if (!existsSync(options.storePath)) {
    return await fromController(options, parsed.request, `there is no store at ${options.storePath}`)
  }
  try {
    await fromStore(options, parsed.request)
    return { kind: 'written', by: 'store' }
  } catch (cause) {
    if (!(cause instanceof RecorderError)) throw cause
    return await afterRefusal(options, parsed.request, cause)
  }
}

async function fromStore(
  { out, storePath, stdout, log }: ExportOptions,
  request: ExportRequest,
): Promise<void> {
  const write = (target: string) => exportFromFile(storePath, request, target, log)
  if (out === '-') await pipeline(await streamFile(write), stdout, { end: false })
  else await write(out)
}

async function afterRefusal(
  options: ExportOptions,
  request: ExportRequest,
  refusal: RecorderError,
): Promise<ExportOutcome> {
  switch (refusal.kind) {
    case 'locked':
      return await fromController(
        options,
        request,
        `${options.storePath} is held by ${refusal.holder ?? 'this process'}`,
      )
    case 'corrupt':
    case 'foreign':
      return { kind: 'bad-input', faults: [refusal.message] }
    default:
      return { kind: 'failed', why: refusal.message }
  }
}

/** `reason` says why the store itself was not read. */
async function fromController(
  { out, controllerUrl, token, stdout }: ExportOptions,
  request: ExportRequest,
  reason: string,
): Promise<ExportOutcome> {
  const url = exportUrl(controllerUrl, request)
  try {
    const answer = await fetch(url, { headers: bearer(token) })
    if (!answer.ok || !answer.body)
      return {
        kind: 'failed',
        why: `${reason}, and ${url} says ${answer.status}${tokenAdvice(answer.status)}`,
      }
    const rows = Readable.fromWeb(answer.body)
    if (out === '-') await pipeline(rows, stdout, { end: false })
    else await writeWhole(rows, out)
    return { kind: 'written', by: 'controller' }
  } catch (cause) {
    const said = cause instanceof Error ? (cause.cause ?? cause) : cause
    return { kind: 'failed', why: `${reason}, and ${url} gave no answer: ${String(said)}` }
  }
}

function exportUrl(controllerUrl: string, request: ExportRequest): URL {
  const url = new URL('/api/v1/export', controllerUrl)
  for (const [name, value] of Object.entries(request)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

/** Half an export never bears the name of a whole one. */
async function writeWhole(rows: Readable, out: string): Promise<void> {
  const draft = `${out}.draft`
  try {
    await pipeline(rows, createWriteStream(draft))
    await rename(draft, out)
  } catch (cause) {
    await rm(draft, { force: true })
    throw cause
  }
}
