import { type BuildingId, parseBuildingId } from '../domain/building-id.ts'

/** The last level of a building's topics; all but `setpoint` go from the building to the controller. */
export const BUILDING_CHANNELS = ['telemetry', 'setpoint', 'ack', 'status', 'override'] as const
export type BuildingChannel = (typeof BUILDING_CHANNELS)[number]
export type InboundChannel = Exclude<BuildingChannel, 'setpoint'>

export const CONTROLLER_CHANNELS = ['status', 'info', 'health', 'rejected'] as const
export type ControllerChannel = (typeof CONTROLLER_CHANNELS)[number]

export type Topic =
  | { readonly kind: 'building'; readonly building: BuildingId; readonly channel: BuildingChannel }
  | { readonly kind: 'controller'; readonly channel: ControllerChannel }

const ROOT = 'heatflex/v1'
const CONTROLLER = 'controller'

/** What a controller subscribes to. */
export const INBOUND_FILTERS: readonly string[] = ['telemetry', 'ack', 'status', 'override'].map(
  (channel) => `${ROOT}/+/${channel}`,
)

export function buildingTopic(building: BuildingId, channel: BuildingChannel): string {
  return `${ROOT}/${building}/${channel}`
}

export function controllerTopic(channel: ControllerChannel): string {
  return `${ROOT}/${CONTROLLER}/${channel}`
}

/** Undefined where the text is no topic of the contract: another root or version, a bad id, a wildcard. */
export function parseTopic(text: string): Topic | undefined {
  const [root, version, owner, channel, ...rest] = text.split('/', 5)
  if (`${root}/${version}` !== ROOT || channel === undefined || rest.length > 0) return undefined
  if (owner === CONTROLLER) return controllerTopicOf(channel)
  const building = parseBuildingId(owner)
  const known = BUILDING_CHANNELS.find((name) => name === channel)
  return building && known ? { kind: 'building', building, channel: known } : undefined
}

function controllerTopicOf(channel: string): Topic | undefined {
  const known = CONTROLLER_CHANNELS.find((name) => name === channel)
  return known ? { kind: 'controller', channel: known } : undefined
}
