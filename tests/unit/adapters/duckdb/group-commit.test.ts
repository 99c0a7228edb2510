import { describe, expect, it } from 'vitest'
import { createGroupCommit, type GroupCommitOptions } from '../../../../src/adapters/duckdb/group-commit.ts'
import type { Row } from '../../../../src/adapters/duckdb/rows.ts'

/** A disk whose writes end when the test says so. */
function handDisk(options: Partial<GroupCommitOptions> = {}) {
  const written: Row[][] = []
  const ends: { keep: () => void; fail: (error: Error) => void }[] = []
  let folds = 0
  const commits = createGroupCommit({
    write: (batch) =>
      new Promise((keep, fail) => {
        written.push([...batch.values()].flat())
        ends.push({ keep, fail })
      }),
    between: async () => {
      folds++
    },
    everyMs: 'manual',
    maxWaitingBytes: 80,
    ...options,
  })
  return { commits, written, ends, folds: () => folds }
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol()
  const first = await Promise.race([
    promise.catch(() => 'rejected'),
    new Promise((go) => setImmediate(go, pending)),
  ])
  return first !== pending
}

describe('group commit', () => {
  it('resolves nothing before the write has ended', async () => {
    const { commits, ends } = handDisk()
    const kept = commits.add('acks', [[1]])
    const flushed = commits.flush()
    expect(await settled(kept)).toBe(false)
    ends[0]!.keep()
    await kept
    await flushed
  })

  it('writes together what came while a write was under way', async () => {
    const { commits, written, ends } = handDisk({ everyMs: 0 })
    const first = commits.add('acks', [[1]])
    await expect.poll(() => written.length).toBe(1)
    const later = [commits.add('acks', [[2]]), commits.add('leases', [[3]]), commits.add('acks', [[4]])]
    ends[0]!.keep()
    await first
    await expect.poll(() => written.length).toBe(2)
    ends[1]!.keep()
    await Promise.all(later)
    expect(written).toEqual([[[1]], [[2], [4], [3]]])
  })

  it('rejects the batch that failed and goes on with the next', async () => {
    const { commits, written, ends, folds } = handDisk()
    const lost = [commits.add('acks', [[1]]), commits.add('acks', [[2]])]
    const flush = commits.flush()
    const next = commits.add('acks', [[3]])
    ends[0]!.fail(new Error('no space'))
    for (const promise of [...lost, flush]) await expect(promise).rejects.toThrow('no space')
    const again = commits.flush()
    await expect.poll(() => ends.length).toBe(2)
    ends[1]!.keep()
    await Promise.all([next, again])
    expect(written[1]).toEqual([[3]])
    await expect.poll(folds).toBe(2)
  })

  it('refuses more than may wait, counting what is being written, and takes more afterwards', async () => {
    const { commits, ends } = handDisk()
    const held = commits.add('acks', [[1, 'x'.repeat(40)]])
    const flush = commits.flush()
    const waiting = commits.add('acks', [[2]])
    const refused = commits.add('acks', [['y'.repeat(25)]])
    await expect(refused).rejects.toMatchObject({ name: 'RecorderError', kind: 'queue-full' })
    ends[0]!.keep()
    await Promise.all([held, flush])
    const taken = commits.add('acks', [['y'.repeat(25)]])
    const last = commits.flush()
    await expect.poll(() => ends.length).toBe(2)
    ends[1]!.keep()
    await Promise.all([waiting, taken, last])
  })

  it('flushes what waits behind a write that is under way', async () => {
    const { commits, written, ends } = handDisk()
    const first = commits.add('acks', [[1]])
    const flushes = [commits.flush()]
    const second = commits.add('acks', [[2]])
    flushes.push(commits.flush(), commits.flush())
    ends[0]!.keep()
    await first
    await expect.poll(() => ends.length).toBe(2)
    expect(await settled(second)).toBe(false)
    ends[1]!.keep()
    await Promise.all([...flushes, second])
    expect(written).toEqual([[[1]], [[2]]])
  })
})
