import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { Desk } from '../../controller/ports.ts'
import type { ConsoleFile } from './console-files.ts'
import type { EventStreams } from './event-streams.ts'
import type { Exporter } from './exporter.ts'
import { bodyGuard } from './guards/body-guard.ts'
import { originGuard } from './guards/origin-guard.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createProblemCount, type ProblemCount } from './problem-count.ts'
import { onFailure, onInvalid, onNotFound, onWrongMethod } from './refusals.ts'
import { addBuildingRoutes } from './routes/building-routes.ts'
import { addExportRoute } from './routes/export-route.ts'
import { addFleetRoutes } from './routes/fleet-routes.ts'
import { addFlexibilityRoute } from './routes/flexibility-route.ts'
import { addModeRoute } from './routes/mode-route.ts'
import { addOrderRoutes } from './routes/order-routes.ts'
import { addPageRoutes } from './routes/page-routes.ts'
import { addRecordRoutes } from './routes/record-routes.ts'
import { addSeriesRoute } from './routes/series-route.ts'
import { addSettlementRoute } from './routes/settlement-route.ts'
import { addStreamRoute } from './routes/stream-route.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpAppParts {
  readonly desk: Desk
  readonly streams: EventStreams
  readonly files: ReadonlyMap<string, ConsoleFile>
  readonly log: Log
  /** Lets in who may ask at all: by the Host header on loopback, by the token elsewhere. */
  readonly doorGuards: readonly MiddlewareHandler[]
  readonly exporter?: Exporter | undefined
}

const LARGEST_BODY_BYTES = 16 * 1024

/** Everything that answers a request; it neither listens nor owns a timer. */
export function createHttpApp(parts: HttpAppParts): OpenAPIHono {
  const app = new OpenAPIHono()
  const problems = createProblemCount()
  app.use(problems.middleware)
  app.use(methodNotAllowed({ app, onMethodNotAllowed: onWrongMethod }))
  app.use(securityHeaders, requestLog(parts.log), ...parts.doorGuards, originGuard)
  app.use(bodyGuard(LARGEST_BODY_BYTES))
  app.use('/api/*', noStore)
  app.route('/api/v1', createApi(parts))
  addOpenApi(app, parts.desk)
  addMetrics(app, parts, problems)
  addPageRoutes(app, parts.files)
  app.notFound(onNotFound)
  app.onError(onFailure(parts.log))
  return app
}

function createApi({ desk, streams, exporter }: HttpAppParts): OpenAPIHono {
  const api = new OpenAPIHono({ defaultHook: onInvalid })
  addFleetRoutes(api, desk)
  addBuildingRoutes(api, desk)
  addSeriesRoute(api, desk)
  addModeRoute(api, desk)
  addOrderRoutes(api, desk)
  addFlexibilityRoute(api, desk)
  addSettlementRoute(api, desk)
  addRecordRoutes(api, desk)
  addStreamRoute(api, streams)
  if (exporter) addExportRoute(api, exporter)
  return api
}

function addOpenApi(app: OpenAPIHono, desk: Desk): void {
  const token = { type: 'http', scheme: 'bearer', description: 'a must off loopback' } as const
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', token)
  const security: Record<string, string[]>[] = [{}, { token: [] }]
  app.doc31('/api/v1/openapi.json', () => ({
    openapi: '3.1.0',
    info: { title: 'heatflex', version: desk.fleet().version },
    security,
  }))
}

function addMetrics(app: OpenAPIHono, { desk, streams }: HttpAppParts, problems: ProblemCount): void {
  const registry = createMetrics(desk, streams, problems)
  app.get('/metrics', async (c) => {
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
  })
}

function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    await next()
    log.debug({ method: c.req.method, path: c.req.path, status: c.res.status }, 'request')
  }
}

const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  c.res.headers.set('cache-control', 'no-store')
}
