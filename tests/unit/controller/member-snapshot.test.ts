import { describe, expect, it } from 'vitest'
import { readSnapshot } from '../../../src/controller/member-snapshot.ts'
import { NEW_ACCOUNT } from '../../../src/controller/settle-comfort.ts'
import { encodeBelief } from '../../../src/core/state/encode-belief.ts'
import { newBelief } from '../../../src/core/state/new-belief.ts'
import { block } from '../core/state/pretend.ts'

const belief = newBelief(block, 0)
const known = { heldOffsetK: -3, writes: [5], lastSeq: 7, plannedAt: 900_000 }
const read = (more: object) =>
  readSnapshot(`${JSON.stringify({ ...known, ...more })}\n${encodeBelief(belief)}`)

describe('what a restart needs of a building', () => {
  it('is read though it was written before comfort had an account', () => {
    const snapshot = read({ overheatingBalanceKh: 2 })
    expect(snapshot).toMatchObject(known)
    expect(snapshot?.belief).toEqual(belief)
    expect(snapshot?.account).toBeUndefined()
  })

  it('gives the account back as it was', () => {
    const account = {
      ...NEW_ACCOUNT,
      caretaker: {
        ours: { airK: -0.1, massK: 1 / 3 },
        perShift: { airK: 0.2, massK: 0.2 },
        hour: { index: 4, sumK: -8.5, count: 3 },
        needs: [{ at: 3_600_000, shiftK: -2.5 }],
        floorNeeds: [],
      },
      coldKh: -1.25,
    }
    expect(read({ account })?.account).toEqual(account)
  })

  it('is none where it is not one', () => {
    expect(readSnapshot('half a line')).toBeUndefined()
    expect(readSnapshot(`{"heldOffsetK":"x"}\n${encodeBelief(belief)}`)).toBeUndefined()
  })
})
