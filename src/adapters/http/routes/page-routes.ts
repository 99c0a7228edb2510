import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ConsoleFile } from '../console-files.ts'

export function addPageRoutes(app: OpenAPIHono, files: ReadonlyMap<string, ConsoleFile>): void {
  for (const [path, file] of files) app.get(path, (c) => send(c, path, file))
}

function send(c: Context, path: string, file: ConsoleFile): Response {
  const headers = { 'Content-Type': file.type, ETag: file.etag, 'Cache-Control': caching(path) }
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304, headers)
  return c.body(file.body, 200, headers)
}

// Assets bear a hash of their content in the name.
function caching(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}
