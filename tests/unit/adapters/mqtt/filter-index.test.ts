import { expect, it } from 'vitest'
import { coversTopic, FilterIndex } from '../../../../src/adapters/mqtt/filter-index.ts'

// MQTT 3.1.1, 4.7: the examples of the standard.
it.each([
  ['sport/tennis/player1/#', 'sport/tennis/player1', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
  ['sport/#', 'sport', true],
  ['#', 'sport/tennis', true],
  ['sport/tennis/+', 'sport/tennis/player1', true],
  ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
  ['sport/+', 'sport', false],
  ['sport/+', 'sport/', true],
  ['+/+', '/finance', true],
  ['/+', '/finance', true],
  ['+', '/finance', false],
  ['#', '$SYS/broker', false],
  ['+/broker', '$SYS/broker', false],
  ['$SYS/#', '$SYS/broker', true],
  ['a/b', 'a/b', true],
  ['a/b', 'a/c', false],
  ['a/b', 'a/b/c', false],
  ['constructor', 'toString', false],
])('%s covers %s: %s', (filter, topic, expected) => {
  expect(coversTopic(filter, topic)).toBe(expected)
  const index = new FilterIndex<string>()
  index.add(filter, 'x')
  expect(index.match(topic)).toEqual(expected ? ['x'] : [])
})

it('forgets what is removed, and only that', () => {
  const index = new FilterIndex<string>()
  for (const item of ['x', 'y']) for (const filter of ['a/b', 'a/#']) index.add(filter, item)
  index.remove('a/b', 'x')
  index.remove('a/#', 'y')
  index.remove('never/there', 'x')
  expect(index.match('a/b')).toEqual(['y', 'x'])
})
