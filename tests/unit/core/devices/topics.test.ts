import { expect, it } from 'vitest'
import {
  BUILDING_CHANNELS,
  buildingTopic,
  CONTROLLER_CHANNELS,
  controllerTopic,
  parseTopic,
} from '../../../../src/core/devices/topics.ts'
import { parseBuildingId } from '../../../../src/core/domain/building-id.ts'

const building = parseBuildingId('torikatu-4')!

it('reads back every topic that it builds', () => {
  for (const channel of BUILDING_CHANNELS) {
    expect(parseTopic(buildingTopic(building, channel))).toEqual({ kind: 'building', building, channel })
  }
  for (const channel of CONTROLLER_CHANNELS) {
    expect(parseTopic(controllerTopic(channel))).toEqual({ kind: 'controller', channel })
  }
})

it.each([
  '',
  'heatflex',
  'heatflex/v2/torikatu-4/telemetry',
  'other/v1/torikatu-4/telemetry',
  'heatflex/v1/torikatu-4',
  'heatflex/v1/torikatu-4/telemetry/',
  'heatflex/v1/torikatu-4/telemetry/more/and/more',
  'heatflex/v1/torikatu-4/Telemetry',
  'heatflex/v1/torikatu-4/toString',
  'heatflex/v1/Torikatu/telemetry',
  'heatflex/v1/__proto__/telemetry',
  'heatflex/v1/+/telemetry',
  'heatflex/v1/#',
  'heatflex/v1//telemetry',
  'heatflex/v1/controller/telemetry',
  `heatflex/v1/${'a'.repeat(65)}/telemetry`,
  '$SYS/heatflex/v1/torikatu-4/telemetry',
  '/heatflex/v1/torikatu-4/telemetry',
])('knows %j for no topic of the contract', (text) => {
  expect(parseTopic(text)).toBeUndefined()
})

it('takes `constructor` for an ordinary id', () => {
  expect(parseTopic('heatflex/v1/constructor/ack')).toMatchObject({ building: 'constructor' })
})
