import { expect, it } from 'vitest'
import { packMembers } from '../../../../../../src/core/math/fleet/price-sqp/packed-members.ts'
import { writeHead, writeRows } from '../../../../../../src/core/math/kernel/pair-memory.ts'
import { randomBuilding } from '../../random-building.ts'

const members = [
  { qp: randomBuilding({ seed: 1, n: 48 }), node: 2 },
  { qp: { ...randomBuilding({ seed: 2, n: 48 }), rateKw: 5 }, node: 0 },
  { qp: randomBuilding({ seed: 3, n: 48, emitterHours: 1 }), node: 1 },
]

it('gives back what it was given', () => {
  const packed = packMembers(members)
  expect(packed.nodes).toEqual([2, 0, 1])
  expect(packed.isFull).toBe(true)
  members.forEach((member, i) => {
    expect(packed.member(i)).toEqual(member)
    expect(packed.isRated(i)).toBe(i === 1)
  })
})

it('writes what the kernel reads, constant rows and others', () => {
  const packed = packMembers(members)
  members.forEach(({ qp }, i) => {
    const [wanted, told] = [new Float64Array(600), new Float64Array(600)]
    writeHead(qp, wanted, 1)
    writeRows(qp, undefined, wanted, 100)
    packed.write(i, told, 1, 100)
    expect(told).toEqual(wanted)
  })
})

it('knows who cannot be planned', () => {
  const packed = packMembers([{ qp: { ...members[0]!.qp, d1: new Float64Array(47) }, node: 0 }, members[0]!])
  expect([packed.isPlannable(0), packed.isPlannable(1)]).toEqual([false, true])
})
