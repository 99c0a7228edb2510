import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseScenario } from '../../../src/replay/scenario.ts'

const GOOD = `name: short
seed: 3
start: '2024-01-10T00:00:00+02:00'
days: 2
fleet: { count: 4 }
prices: { csv: data/prices.csv }
weather: synthetic
`

it('fills in what a short scenario leaves out, and finds files from where it lies', () => {
  const read = parseScenario(GOOD, '/scenarios/short.yaml')
  expect(read).toMatchObject({
    ok: true,
    scenario: {
      start: Date.parse('2024-01-09T22:00:00Z'),
      prices: { csv: '/scenarios/data/prices.csv' },
      forecast: { error: 'medium' },
      tariff: { kind: 'spot', feeEurPerMwh: 0 },
      fleet: { comfort: { minC: 20, maxC: 23 }, telemetryMinutes: 15 },
      warmUpDays: 7,
    },
  })
})

it.each([
  { models: 'prior', more: '', days: 7 },
  { models: 'learn', more: '', days: 10 },
  { models: 'learn', more: 'warmUpDays: 6\n', days: 6 },
])('leaves $days days uncounted where models are of kind $models', ({ models, more, days }) => {
  const text = GOOD.replace('count: 4', `count: 4, models: ${models}`) + more
  expect(parseScenario(text, 's.yaml')).toMatchObject({ ok: true, scenario: { warmUpDays: days } })
})

it.each([
  { what: 'an unknown key', text: `${GOOD}colour: red\n`, place: 's.yaml:8', message: /colour: unknown key/ },
  {
    what: 'an unknown key inside',
    text: GOOD.replace('{ count: 4 }', '\n  count: 4\n  size: 9'),
    place: 's.yaml:7',
    message: /fleet\.size: unknown key/,
  },
  {
    what: 'a start without offset',
    text: GOOD.replace('+02:00', ''),
    place: 's.yaml:3',
    message: /start: .*offset/,
  },
  {
    what: 'a start off the slots',
    text: GOOD.replace('T00:00', 'T00:07'),
    place: 's.yaml:3',
    message: /quarter-hour/,
  },
  { what: 'no days', text: GOOD.replace('days: 2', 'days: 0'), place: 's.yaml:4', message: /^days: / },
  { what: 'a missing key', text: GOOD.replace('seed: 3\n', ''), place: 's.yaml:1', message: /^seed: / },
  {
    what: 'a strange price source',
    text: GOOD.replace('{ csv: data/prices.csv }', 'free'),
    place: 's.yaml:6',
    message: /^prices: /,
  },
  {
    what: 'an unknown format',
    text: GOOD.replace('{ csv: data/prices.csv }', '{ file: a, format: xls }'),
    place: 's.yaml:6',
    message: /format/,
  },
  {
    what: 'an unknown zone',
    text: `${GOOD}site: { timeZone: Mars/Base }\n`,
    place: 's.yaml:8',
    message: /time zone/,
  },
  {
    what: 'a threshold of nothing',
    text: `${GOOD}expect:\n  days: {}\n`,
    place: 's.yaml:9',
    message: /expect\.days: needs/,
  },
  {
    what: 'an order that ends before it begins',
    text: `${GOOD}orders:\n  - { kind: cap, kw: 5, from: 1704844800000, until: 1704844700000 }\n`,
    place: 's.yaml:9',
    message: /after `from`/,
  },
  {
    what: 'an order that is announced after it begins',
    text: `${GOOD}orders:\n  - { kind: cap, kw: 5, from: 1704844800000, until: 1704848400000, announcedAt: 1704844900000 }\n`,
    place: 's.yaml:9',
    message: /not be after `from`/,
  },
  {
    what: 'a branch that the network does not have',
    text: `${GOOD}network: { branches: [{ id: north }] }\ncapShareOfAsFoundPeak: { nroth: 0.9 }\n`,
    place: 's.yaml:9',
    message: /no branch "nroth"/,
  },
  { what: 'a key twice', text: `${GOOD}days: 3\n`, place: 's.yaml:8', message: /unique/ },
  { what: 'broken YAML', text: 'name: [a\nseed: 1', place: /^s\.yaml:\d/, message: /./ },
])('names $what with its line', ({ text, place, message }) => {
  const read = parseScenario(text, '/x/s.yaml')
  if (read.ok) throw new Error('was taken')
  expect(read.faults).toContainEqual({
    place: typeof place === 'string' ? place : expect.stringMatching(place),
    message: expect.stringMatching(message),
  })
})

it('names all faults of a scenario at once', () => {
  const read = parseScenario(GOOD.replace('days: 2', 'days: x').replace('seed: 3', 'seed: -1'), '/x/s.yaml')
  expect(!read.ok && read.faults.map(({ place }) => place)).toEqual(['s.yaml:2', 's.yaml:4'])
})

it.each([['[]'], ['just words'], [''], ['null']])('refuses %j as a scenario', (text) => {
  expect(parseScenario(text, 's.yaml').ok).toBe(false)
})

const SHIPPED = 'simulators/scenarios'
it.each(readdirSync(SHIPPED).filter((name) => name.endsWith('.yaml')))('ships %s in order', (name) => {
  const path = join(SHIPPED, name)
  const read = parseScenario(readFileSync(path, 'utf8'), path)
  expect(read).toMatchObject({ ok: true, scenario: { name: name.replace('.yaml', '') } })
})

it('takes what was measured of a network relative to the scenario, and refuses a tree that is none', () => {
  const network = (text: string) => `name: n
seed: 1
start: 2024-01-01T00:00:00Z
days: 1
fleet: { count: 1 }
prices: synthetic
weather: synthetic
network: ${text}`
  const load = '{ kind: measured, csv: heat.csv }'
  const read = parseScenario(
    network(`{ uncontrolled: ${load}, branches: [{ id: a, uncontrolled: ${load} }] }`),
    '/towns/one.yaml',
  )
  const measured = { kind: 'measured', csv: '/towns/heat.csv', covers: 'total' }
  expect(read).toMatchObject({
    ok: true,
    scenario: { network: { uncontrolled: measured, branches: [{ uncontrolled: measured }] } },
  })
  const lost = parseScenario(network('{ branches: [{ id: a, parent: b }] }'), '/towns/one.yaml')
  expect(lost).toMatchObject({
    ok: false,
    faults: [{ place: 'one.yaml:8', message: expect.stringContaining('no branch "b"') }],
  })
})
