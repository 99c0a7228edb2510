import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface ConsoleFile {
  readonly body: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The page's files by their URL path, in memory: nothing else of the disk can be asked for. Empty if not built. */
export async function readConsoleFiles(dir: string): Promise<ReadonlyMap<string, ConsoleFile>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(unlessMissing)
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const served = paths.filter((path) => TYPES[extname(path)] !== undefined)
  return new Map(
    await Promise.all(served.map(async (path) => [urlPath(dir, path), await load(path)] as const)),
  )
}

function urlPath(dir: string, path: string): string {
  const name = relative(dir, path).split(sep).join('/')
  return name === 'index.html' ? '/' : `/${name}`
}

async function load(path: string): Promise<ConsoleFile> {
  const body = new Uint8Array(await readFile(path))
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  return { body, type: TYPES[extname(path)] ?? 'application/octet-stream', etag: `"${hash}"` }
}

function unlessMissing(cause: NodeJS.ErrnoException): never[] {
  if (cause.code === 'ENOENT') return []
  throw cause
}
