import { readCoverage } from './fmi-coverage.ts'
import { readPairs, readSimple } from './fmi-pairs.ts'
import { fmiTracks, type Told } from './fmi-tracks.ts'
import { readInstant } from './read-time.ts'
import { findAll, findFirst, readXml, textOf, type XmlNode } from './read-xml.ts'
import { slotWeather } from './slot-weather.ts'
import { refuse, type WeatherRead, type WeatherRefusal } from './weather-read.ts'

/** WFS of the Finnish Meteorological Institute: multipoint coverage, simple features, or time-value pairs. */
export function parseFmi(text: string): WeatherRead {
  const xml = readXml(text)
  if ('ok' in xml) return xml
  const { root } = xml
  const exception = findFirst(root, 'Exception')
  if (exception) return refuse('service-error', exceptionText(exception))
  const told = toldBy(root)
  if ('ok' in told) return told
  const tracks = fmiTracks(
    told,
    readInstant(textOf(findFirst(findFirst(root, 'resultTime'), 'timePosition'))),
  )
  return 'ok' in tracks ? tracks : slotWeather(tracks, 'fmi')
}

function exceptionText(exception: XmlNode): string {
  const texts = findAll(exception, 'ExceptionText').map(textOf)
  return texts.join(' ') || 'an exception without a text'
}

function toldBy(root: XmlNode): Told | WeatherRefusal {
  const coverages = findAll(root, 'MultiPointCoverage')
  if (coverages.length > 1) return refuse('several-places', `${coverages.length} coverages`)
  if (coverages[0]) return readCoverage(coverages[0])
  const simple = findAll(root, 'BsWfsElement')
  if (simple.length > 0) return readSimple(simple)
  const pairs = findAll(root, 'PointTimeSeriesObservation')
  if (pairs.length > 0) return readPairs(pairs)
  const name = Object.keys(root).find((key) => key !== '?xml' && key !== '#text') ?? ''
  if (name !== 'FeatureCollection') return refuse('bad-shape', `"${name}" is no feature collection`)
  return refuse('no-temperature', 'a feature collection without a member')
}
