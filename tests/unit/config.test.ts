import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { configJsonSchema, configReference, type JsonSchema } from '../../scripts/config-reference.ts'
import { configuredBuildings, demoConfig, isLoopback, parseConfig } from '../../src/config.ts'

const shipped = (name: string) => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8')

describe('the shipped files', () => {
  it('says in default.yaml what holds without a file, to the key', () => {
    expect(parseConfig(shipped('default.yaml'))).toEqual({ ok: true, config: demoConfig() })
  })

  it('writes default.yaml and schema.json from the schema in force', () => {
    expect(shipped('default.yaml')).toBe(configReference(configJsonSchema()))
    expect(JSON.parse(shipped('schema.json'))).toEqual(configJsonSchema())
  })

  it('explains every key', () => {
    expect(unexplained(configJsonSchema(), [])).toEqual([])
    expect(unexplained({ properties: { a: { type: 'string' } } }, [])).toEqual(['a'])
  })

  it('becomes a form to fill in when the comment marks are taken from the fleet', () => {
    const form =
      shipped('default.yaml').split('# the real fleet\n')[1]?.split('\n\n')[0]?.replaceAll(/^# /gm, '') ?? ''
    const outcome = parseConfig(form)
    expect(outcome.ok ? [] : outcome.faults.map(({ place }) => place)).toEqual(
      ['id', 'kind', 'floorAreaM2', 'builtYear', 'persons', 'curve', 'maxHeatKw'].map(
        (key) => `buildings.0.${key}`,
      ),
    )
  })

  it('reads the example behind a broker', () => {
    expect(parseConfig(shipped('mosquitto.example.yaml'))).toMatchObject({
      ok: true,
      config: { simulated: { count: 20 } },
    })
  })

  it('reads the example of a fleet', () => {
    const outcome = parseConfig(shipped('fleet.example.yaml'))
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
    const buildings = configuredBuildings(outcome.config)
    expect(
      buildings.map(({ name, tariff, hasIndoorSensor }) => [name, tariff.kind, hasIndoorSensor]),
    ).toEqual([
      ['Skinnarilankatu 12', 'monthly', true],
      ['Ratakatu 3', 'monthly', false],
      ['Teknologiapuisto B', 'heat-pump', true],
    ])
  })
})

const house = `{ id: house-1, kind: school, floorAreaM2: 900, builtYear: 1990, persons: 9, maxHeatKw: 40,
  curve: [{ outdoorC: -20, supplyC: 60 }, { outdoorC: 15, supplyC: 25 }] }`

const parameters = `{ airKwhPerK: 3, massKwhPerK: 90, couplingKwPerK: 18, airLossKwPerK: 0.6, massLossKwPerK: 0.4,
  apertureM2: 20, gainsKw: 3, heatToAirRatio: 0.6 }`

describe('a building', () => {
  it.each([
    { told: 'nothing', text: `buildings:\n- ${house}`, learns: true },
    {
      told: 'its model',
      text: `buildings:\n- ${house.replace(' }] }', ` }], model: ${parameters} }`)}`,
      learns: undefined,
    },
    {
      told: 'that none is learned',
      text: `learning: { models: false }\nbuildings:\n- ${house}`,
      learns: undefined,
    },
  ])('that is told $told learns its model: $learns', ({ text, learns }) => {
    const outcome = parseConfig(text)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
    expect(configuredBuildings(outcome.config)[0]?.learnsModel).toBe(learns)
  })

  it('needs a time of day for its nights', () => {
    const outcome = parseConfig(`learning: { at: '25:00' }\nbuildings:\n- ${house}`)
    expect(outcome).toMatchObject({ ok: false, faults: [{ place: 'learning.at' }] })
  })
})

describe('a bad configuration', () => {
  it.each([
    ['an unknown key', 'simulated: {}\ncontroll: {}', 'configuration', /"controll"/],
    ['an unknown key below', 'simulated: { cout: 3 }', 'simulated', /"cout"/],
    ['seconds for minutes', 'simulated: { telemetryMinutes: 900 }', 'simulated.telemetryMinutes', /<=15/],
    [
      'a number with its unit',
      'simulated: {}\nstore: { commitEveryMs: 20 ms }',
      'store.commitEveryMs',
      /string/,
    ],
    ['text for a number', 'simulated: {}\nhttp: { port: "8080" }', 'http.port', /string/],
    ['a port that is none', 'simulated: {}\nmqtt: { port: 99999 }', 'mqtt.port', /65535/],
    [
      'another interval than a quarter-hour',
      'simulated: {}\ncontrol: { everyMinutes: 10 }',
      'control.everyMinutes',
      /15/,
    ],
    [
      'an unknown time zone',
      'simulated: {}\nsite: { timeZone: Mars/Olympus }',
      'site.timeZone',
      /unknown time zone/,
    ],
    ['an unknown broker scheme', 'simulated: {}\nmqtt: { url: "http://broker" }', 'mqtt.url', /mqtts:\/\//],
    [
      'an unknown format',
      'simulated: {}\nprices: { file: a.csv, format: excel }',
      'prices.format',
      /nordpool-predict-fi/,
    ],
    ['a market that is none', 'simulated: {}\nprices: { service: elspot, zone: FI }', 'prices.service', /./],
    ['a market without a zone', 'simulated: {}\nprices: { service: entsoe }', 'prices.zone', /string/],
    [
      'a zone of another market',
      'simulated: {}\nprices: { service: elering, zone: DK1 }',
      'prices.zone',
      /"FI"/,
    ],
    [
      'a zone that nobody knows',
      'simulated: {}\nprices: { service: entsoe, zone: XX }',
      'prices.zone',
      /Identification Code/,
    ],
    [
      'a key among the settings',
      'simulated: {}\nprices: { service: nordpool, zone: FI, key: hush }',
      'prices',
      /"key"/,
    ],
    [
      'a market by file transfer',
      'simulated: {}\nprices: { service: entsoe, zone: FI, baseUrl: "ftp://mirror" }',
      'prices.baseUrl',
      /./,
    ],
    ['two buildings of one id', `buildings: [${house}, ${house}]`, 'buildings.1.id', /also buildings\.0/],
    ['no building at all', '', 'buildings', /no building/],
    [
      'an id in capitals',
      `buildings: [${house.replace('house-1', 'House 1')}]`,
      'buildings.0.id',
      /building id/,
    ],
    [
      'the reserved id',
      `buildings: [${house.replace('house-1', 'controller')}]`,
      'buildings.0.id',
      /building id/,
    ],
    ['a curve from warm to cold', `buildings: [${house.replace('-20', '20')}]`, 'buildings.0.curve', /rise/],
    [
      'a band upside down',
      `buildings: [${house.replace('{', '{ comfort: { minC: 22, maxC: 21 },')}]`,
      'buildings.0.comfort',
      /0\.5 K/,
    ],
    ['a broker open to all', 'simulated: {}\nmqtt: { host: 0.0.0.0 }', 'mqtt.passwordsFile', /off loopback/],
    ['an API open to all', 'simulated: {}\nhttp: { host: "::" }', 'http.tokenFile', /off loopback/],
    ['broken YAML', 'simulated: {}\nmqtt: [1883', 'YAML', /line 2/],
    ['a key twice', 'simulated: {}\nsimulated: {}', 'YAML', /unique/],
    ['a list for a mapping', '[1, 2]', 'configuration', /object/],
  ])('with %s is refused and its place named', (_, text, place, message) => {
    const outcome = parseConfig(text)
    if (outcome.ok) throw new Error('accepted')
    expect(outcome.faults).toEqual([{ place, message: expect.stringMatching(message) }])
  })

  it('is told every fault at once', () => {
    const outcome = parseConfig('simulated: { count: 0 }\nmqtt: { port: -1 }\nhttp: { prot: 1 }')
    expect(outcome.ok ? [] : outcome.faults.map(({ place }) => place).sort()).toEqual([
      'http',
      'mqtt.port',
      'simulated.count',
    ])
  })
})

it.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.4', false],
  ['127.0.0.1.example.com', false],
])('knows whether only this machine reaches %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

function unexplained(schema: JsonSchema, path: readonly string[]): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, part]) => [
    ...(part.description || part.const !== undefined ? [] : [[...path, key].join('.')]),
    ...unexplained(part, [...path, key]),
  ])
  const others = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return [...own, ...others.flatMap((other) => (other ? unexplained(other, path) : []))]
}
