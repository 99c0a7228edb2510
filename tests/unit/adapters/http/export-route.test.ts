import { describe, expect, it } from 'vitest'
import type { ExportRequest } from '../../../../src/adapters/http/exporter.ts'
import { createTestApp, problemOf } from './test-app.ts'

function exportApp() {
  const asked: ExportRequest[] = []
  const exporter = async (request: ExportRequest) => {
    asked.push(request)
    return { fileName: '../we"ird.csv', body: new TextEncoder().encode('at,heatKw\n') }
  }
  return { asked, app: createTestApp({ exporter }) }
}

const DAY = 'from=2026-01-13T00:00:00Z&to=2026-01-14T00:00:00Z'

describe('an export', () => {
  it('hands on what was asked and gives the file a harmless name', async () => {
    const { asked, app } = exportApp()
    const response = await app.request(`/api/v1/export?table=acks&building=satama-1&${DAY}`)
    const window = { from: Date.UTC(2026, 0, 13), to: Date.UTC(2026, 0, 14) }
    expect(asked).toEqual([{ table: 'acks', format: 'csv', building: 'satama-1', window }])
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=".._we_ird.csv"')
    expect(await response.text()).toBe('at,heatKw\n')
  })

  it('takes telemetry of all times as CSV where nothing is said', async () => {
    const { asked, app } = exportApp()
    expect((await app.request('/api/v1/export')).status).toBe(200)
    expect(asked).toMatchObject([{ table: 'telemetry', format: 'csv' }])
  })

  it.each(['from=1', 'table=users', 'format=xlsx', 'building=__proto__'])('refuses %s', async (query) => {
    const { asked, app } = exportApp()
    const window = query.startsWith('from') ? '' : DAY
    const response = await app.request(`/api/v1/export?${window}&${query}`)
    expect([(await problemOf(response)).status, asked]).toEqual([400, []])
  })
})
