import { afterEach, describe, expect, it } from 'vitest'
import { createFitPool, IdentifierError } from '../../../../src/adapters/workers/fit-pool.ts'
import type { Identifier } from '../../../../src/controller/ports.ts'
import { nightFit } from '../../../../src/core/state/night-fit.ts'
import { houseJob } from '../../core/state/learned-house.ts'

let pool: Identifier
afterEach(() => pool.stop())

describe('fits in threads', () => {
  it('are the fits of this thread, to the last bit, however many there are', async () => {
    pool = createFitPool(2)
    const jobs = [houseJob(6), houseJob(3), houseJob(6)]
    const fits = await Promise.all(jobs.map((job) => pool.fit(job)))
    expect(fits).toEqual(jobs.map(nightFit))
  })

  it('say what failed, and go on with the next', async () => {
    pool = createFitPool(1)
    const broken = { ...houseJob(3), timeZone: 'Nowhere/None' }
    const [failed, fitted] = await Promise.allSettled([pool.fit(broken), pool.fit(houseJob(3))])
    expect(failed).toMatchObject({ status: 'rejected', reason: expect.any(IdentifierError) })
    expect(fitted.status).toBe('fulfilled')
  })

  it('end with the pool', async () => {
    pool = createFitPool(1)
    const waiting = [pool.fit(houseJob(6)), pool.fit(houseJob(6))].map((fit) =>
      fit.catch((error: unknown) => error),
    )
    await pool.stop()
    for (const ended of await Promise.all(waiting)) expect(ended).toBeInstanceOf(IdentifierError)
    await expect(pool.fit(houseJob(3))).rejects.toThrow(IdentifierError)
  })
})
