import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createCronNights } from '../../../../src/adapters/clock/cron-nights.ts'
import { HOUR_MS } from '../../../../src/core/domain/instant.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 14, 12) }))
afterEach(() => void vi.useRealTimers())

it('says once a day that it is night, by the clock of the place, until it is told to end', async () => {
  const nights: string[] = []
  const end = createCronNights({ at: '02:30', timeZone: 'Europe/Helsinki' }).start(() => {
    nights.push(new Date().toISOString().slice(5, 16))
  })
  await vi.advanceTimersByTimeAsync(48 * HOUR_MS)
  expect(nights).toEqual(['01-15T00:30', '01-16T00:30'])
  end()
  await vi.advanceTimersByTimeAsync(48 * HOUR_MS)
  expect(nights).toHaveLength(2)
})
