import { expect, it } from 'vitest'
import { networkPlaces } from '../../../../src/controller/orders/network-places.ts'

const tree = networkPlaces([
  { id: 'north' },
  { id: 'hill', parent: 'north' },
  { id: 'top', parent: 'hill' },
  { id: 'south' },
])

it.each([
  { branch: 'top', above: 'north', expected: true },
  { branch: 'hill', above: 'hill', expected: true },
  { branch: 'north', above: 'hill', expected: false },
  { branch: 'top', above: 'south', expected: false },
  { branch: undefined, above: 'north', expected: false },
  { branch: 'top', above: undefined, expected: true },
  { branch: undefined, above: undefined, expected: true },
  { branch: 'nowhere', above: 'north', expected: false },
])('$branch lies under $above: $expected', ({ branch, above, expected }) => {
  expect(tree.isUnder(branch, above)).toBe(expected)
})

it('ends where branches feed each other', () => {
  const ring = networkPlaces([
    { id: 'a', parent: 'b' },
    { id: 'b', parent: 'a' },
  ])
  expect(ring.isUnder('a', 'c')).toBe(false)
  expect([...ring.branches]).toEqual(['a', 'b'])
})
