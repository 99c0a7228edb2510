declare const brand: unique symbol

/** The building's MQTT user, client id and topic level, all in one. */
export type BuildingId = string & { readonly [brand]: 'BuildingId' }

const GRAMMAR = /^[a-z0-9-]{1,64}$/
const RESERVED = 'controller'

/** Undefined where the text is no building id: wrong characters, too long, or the reserved `controller`. */
export function parseBuildingId(text: unknown): BuildingId | undefined {
  if (typeof text !== 'string' || !GRAMMAR.test(text) || text === RESERVED) return undefined
  return text as BuildingId
}
