import { describe, expect, it } from 'vitest'
import { createOutbox } from '../../../simulators/outbox.ts'
import { type BuildingId, parseBuildingId } from '../../../src/core/domain/building-id.ts'
import type { Sample } from '../../../src/core/domain/telemetry.ts'

const building = parseBuildingId('b-001') as BuildingId
const sample = (at: number): Sample => ({ building, at, intervalS: 900, readings: { heatKw: at } })

function newOutbox(limit: number) {
  const sent: { at: number[]; answer: (isAcked: boolean) => void }[] = []
  let isOpen = false
  const outbox = createOutbox({
    limit,
    isOpen: () => isOpen,
    send: (samples, answer) => sent.push({ at: samples.map(({ at }) => at), answer }),
  })
  const open = (value: boolean) => {
    isOpen = value
    if (value) outbox.flush()
  }
  return { outbox, sent, open, kept: () => outbox.samples.map(({ at }) => at) }
}

describe('an outbox', () => {
  it('sends one at a time while there is a link, and forgets only what was answered', () => {
    const { outbox, sent, open, kept } = newOutbox(10)
    open(true)
    outbox.keep(sample(1))
    outbox.keep(sample(2))
    expect(sent.map(({ at }) => at)).toEqual([[1], [2]])
    sent[1]?.answer(true)
    expect(kept()).toEqual([1])
  })

  it('sends again, in order, what the link took down with it', () => {
    const { outbox, sent, open, kept } = newOutbox(10)
    open(true)
    outbox.keep(sample(1))
    outbox.keep(sample(2))
    open(false)
    outbox.keep(sample(3))
    sent[1]?.answer(false)
    sent[0]?.answer(false)
    expect(kept()).toEqual([1, 2, 3])
    open(true)
    expect(sent[2]?.at).toEqual([1, 2, 3])
  })

  it('drops the oldest when it is full, and counts them', () => {
    const { outbox, kept } = newOutbox(3)
    for (const at of [1, 2, 3, 4, 5]) outbox.keep(sample(at))
    expect(kept()).toEqual([3, 4, 5])
    expect(outbox.dropped).toBe(2)
  })

  it('sends a long absence in batches, and no more at once than a broker may be asked to hold', () => {
    const { outbox, sent, open, kept } = newOutbox(5000)
    for (let at = 0; at < 2000; at++) outbox.keep(sample(at))
    open(true)
    expect(sent.map(({ at }) => at.length)).toEqual(Array(8).fill(96))
    for (let n = 0; n < sent.length; n++) sent[n]?.answer(true)
    expect(sent.flatMap(({ at }) => at)).toEqual(Array.from({ length: 2000 }, (_, at) => at))
    expect(kept()).toEqual([])
  })

  it('sends smaller batches of large samples, and a huge one alone', () => {
    const { outbox, sent, open } = newOutbox(100)
    const large = (at: number, rooms: number): Sample => {
      const zones = Array.from({ length: rooms }, (_, n) => [`zone-${n}`, { indoorC: 21 }])
      return { ...sample(at), readings: { zones: Object.fromEntries(zones) } }
    }
    for (let at = 0; at < 10; at++) outbox.keep(large(at, at === 4 ? 5000 : 1000))
    open(true)
    expect(sent.map(({ at }) => at)).toEqual([[0, 1, 2], [3], [4], [5, 6, 7], [8, 9]])
  })
})
