import type { Instant } from '../../core/domain/instant.ts'
import type { Told } from './fmi-tracks.ts'
import { readInstant } from './read-time.ts'
import { attributeOf, findAll, findFirst, textOf, type XmlNode } from './read-xml.ts'
import { refuse, type WeatherRefusal } from './weather-read.ts'
import { type Raw, rawText } from './weather-tracks.ts'

/** Simple features: one element a value, with its time and the name of its parameter. */
export function readSimple(elements: readonly XmlNode[]): Told | WeatherRefusal {
  const told = new Map<string, Map<Instant, Raw>>()
  for (const element of elements) {
    const name = textOf(findFirst(element, 'ParameterName')).toLowerCase()
    const fault = put(
      told,
      name,
      textOf(findFirst(element, 'Time')),
      textOf(findFirst(element, 'ParameterValue')),
    )
    if (fault) return fault
  }
  return told
}

/** Time-value pairs: a series a parameter, which is named in the link of what is observed. */
export function readPairs(observations: readonly XmlNode[]): Told | WeatherRefusal {
  const told = new Map<string, Map<Instant, Raw>>()
  for (const observation of observations) {
    const name = parameterOf(observation)
    if (name === '') return refuse('bad-shape', 'a series that does not say what it observes')
    for (const pair of findAll(observation, 'MeasurementTVP')) {
      const fault = put(told, name, textOf(findFirst(pair, 'time')), textOf(findFirst(pair, 'value')))
      if (fault) return fault
    }
  }
  return told
}

function parameterOf(observation: XmlNode): string {
  // The ampersand of the link is escaped, and no entity is resolved here.
  const link = attributeOf(findFirst(observation, 'observedProperty'), 'href')
  const named = /[?&;]param=([\w-]+)/.exec(link)?.[1]
  const series = /-([A-Za-z]\w*)$/.exec(
    attributeOf(findFirst(observation, 'MeasurementTimeseries'), 'id'),
  )?.[1]
  return (named ?? series ?? '').toLowerCase()
}

function put(
  told: Map<string, Map<Instant, Raw>>,
  name: string,
  time: string,
  value: string,
): WeatherRefusal | undefined {
  const at = readInstant(time)
  if (at === undefined) return refuse('bad-time', `"${time.slice(0, 40)}" is no instant with an offset`)
  const values = told.get(name) ?? new Map<Instant, Raw>()
  const raw = rawText(value)
  if (values.has(at) && values.get(at) !== raw)
    return refuse('several-places', `two values of ${name} at ${time}`)
  told.set(name, values.set(at, raw))
  return undefined
}
