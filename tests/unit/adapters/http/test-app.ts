import type { MiddlewareHandler } from 'hono'
import { expect } from 'vitest'
import type { ConsoleFile } from '../../../../src/adapters/http/console-files.ts'
import { createHttpApp } from '../../../../src/adapters/http/create-http-app.ts'
import { createEventStreams } from '../../../../src/adapters/http/event-streams.ts'
import type { Exporter } from '../../../../src/adapters/http/exporter.ts'
import { problemSchema } from '../../../../src/adapters/http/problem.ts'
import type { Desk } from '../../../../src/controller/ports.ts'
import { createFixtureDesk } from '../../../fixtures/desk.ts'

interface TestAppParts {
  readonly desk?: Desk
  readonly files?: ReadonlyMap<string, ConsoleFile>
  readonly exporter?: Exporter
  readonly onError?: (fields: object) => void
}

const LIMITS = { beatMs: 3_600_000, gatherMs: 3_600_000, maxListeners: 4, maxQueuedBytes: 65_536 }
const silent = () => undefined

/** The whole app without a socket; whoever asks is let in. */
export function createTestApp({
  desk = createFixtureDesk(),
  files = new Map(),
  exporter,
  onError,
}: TestAppParts = {}) {
  const streams = createEventStreams(desk, LIMITS)
  const log = { debug: silent, info: silent, warn: silent, error: onError ?? silent }
  return createHttpApp({ desk, streams, files, log, doorGuards: [letIn], exporter })
}

const letIn: MiddlewareHandler = async (c, next) => {
  c.set('actor', 'operator')
  await next()
}

/** The problem document of an answer; fails where it is none. */
export async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return problemSchema.parse(await response.json())
}
