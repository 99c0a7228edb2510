import type { Instant } from '../../core/domain/instant.ts'
import type { Told } from './fmi-tracks.ts'
import { readUnixSeconds } from './read-time.ts'
import { attributeOf, findAll, findFirst, textOf, type XmlNode } from './read-xml.ts'
import { refuse, type WeatherRefusal } from './weather-read.ts'
import { type Raw, rawText } from './weather-tracks.ts'

/** A multipoint coverage: positions as latitude, longitude, Unix seconds; and as many tuples of its fields. */
export function readCoverage(coverage: XmlNode): Told | WeatherRefusal {
  const positions = wordsOf(findFirst(coverage, 'positions'))
  const tuples = wordsOf(findFirst(coverage, 'doubleOrNilReasonTupleList'))
  const fields = findAll(coverage, 'field').map((field) => attributeOf(field, 'name').toLowerCase())
  if (fields.length === 0 || positions.length === 0 || positions.length % 3 !== 0)
    return refuse('bad-shape', `${positions.length} numbers of positions, ${fields.length} fields`)
  const rows = positions.length / 3
  if (tuples.length !== rows * fields.length)
    return refuse(
      'unequal-length',
      `${tuples.length} values for ${rows} positions of ${fields.length} fields`,
    )
  const times = timesOf(positions)
  if (!Array.isArray(times)) return times
  return new Map(fields.map((field, f) => [field, columnOf(times, tuples, f, fields.length)]))
}

function columnOf(times: readonly Instant[], tuples: readonly string[], field: number, fields: number) {
  return new Map<Instant, Raw>(times.map((at, row) => [at, rawText(tuples[row * fields + field] ?? '')]))
}

function timesOf(positions: readonly string[]): Instant[] | WeatherRefusal {
  const times: Instant[] = []
  for (let k = 0; k < positions.length; k += 3) {
    if (positions[k] !== positions[0] || positions[k + 1] !== positions[1])
      return refuse('several-places', `positions ${positions[0]} and ${positions[k]}`)
    const at = readUnixSeconds(Number(positions[k + 2]))
    if (at === undefined || times.includes(at))
      return refuse('bad-time', `"${positions[k + 2]}" as Unix seconds`)
    times.push(at)
  }
  return times
}

function wordsOf(node: XmlNode | undefined): readonly string[] {
  const text = textOf(node)
  return text === '' ? [] : text.split(/\s+/)
}
