import { expect, it } from 'vitest'
import { readSessionLine, writeSessionLine } from '../../../../src/adapters/mqtt/session-line.ts'
import { type SessionChange, SessionState } from '../../../../src/adapters/mqtt/session-state.ts'

const message = (topic: string, text: string, retain = false) => ({
  topic,
  payload: Buffer.from(text),
  qos: 1 as const,
  retain,
})
const queue = (key: string, topic: string, text: string, retain = false): SessionChange => {
  return { kind: 'queue', client: 'c', key, message: message(topic, text, retain) }
}

function stateAfter(changes: readonly SessionChange[], maxWaiting = 100): SessionState {
  const state = new SessionState(maxWaiting)
  for (const change of changes) state.apply(change)
  return state
}

const subscribed: SessionChange = { kind: 'subscribe', client: 'c', filter: 'a/#', qos: 1 }
const waiting = (state: SessionState) =>
  state.sessions.get('c')?.waiting.map((one) => one.message.payload.toString())

it('keeps of a retained topic only the last message that was not sent', () => {
  const state = stateAfter([
    subscribed,
    queue('1', 'a/x', 'sent', true),
    queue('2', 'a/y', 'other', true),
    queue('3', 'a/x', 'passing'),
  ])
  const sent = state.sessions.get('c')?.waiting[0]
  if (sent) sent.messageId = 5
  state.apply(queue('4', 'a/x', 'old', true))
  state.apply(queue('5', 'a/x', 'new', true))
  expect(waiting(state)).toEqual(['sent', 'other', 'passing', 'new'])
})

it('drops the oldest beyond its limit', () => {
  const state = stateAfter([subscribed, ...['1', '2', '3'].map((key) => queue(key, 'a/x', key))], 2)
  expect(waiting(state)).toEqual(['2', '3'])
})

it('keeps nothing for who has no session', () => {
  expect(stateAfter([queue('1', 'a/x', '1')]).sessions.size).toBe(0)
  expect(stateAfter([subscribed, { kind: 'forget', client: 'c' }]).subscribers.match('a/x')).toEqual([])
})

it('is made again by the changes it tells, line by line', () => {
  const state = stateAfter([
    { kind: 'retain', message: message('r', 'kept', true) },
    { kind: 'retain', message: message('gone', 'x', true) },
    { kind: 'retain', message: message('gone', '', true) },
    subscribed,
    { kind: 'subscribe', client: '__proto__', filter: 'constructor', qos: 0 },
    queue('1', 'a/x', '1'),
    queue('2', 'a/x', '\u0000binär'),
    { kind: 'delivered', client: 'c', key: '1' },
    { kind: 'will', client: 'c', message: message('w', 'will', true) },
    { kind: 'will', client: 'd', message: message('w', 'will', true) },
    { kind: 'no-will', client: 'd' },
  ])
  const lines = [...state.changes()].map(writeSessionLine)
  const again = stateAfter(lines.flatMap((line) => readSessionLine(line) ?? []))
  expect([...again.changes()]).toEqual([...state.changes()])
  expect([...state.changes()].map(({ kind }) => kind)).toEqual([
    'retain',
    'subscribe',
    'queue',
    'subscribe',
    'will',
  ])
})

it.each(['', '{', '{}', '{"kind":"retain","message":{"topic":1}}', '{"kind":"other"}', 'null'])(
  'reads %j as no change',
  (text) => expect(readSessionLine(text)).toBeUndefined(),
)
