import { HOUR_MS, type Instant } from '../src/core/domain/instant.ts'
import type { Readings, ScalarReading, ZoneReading } from '../src/core/domain/telemetry.ts'
import { type Fault, isActive } from './faults.ts'

/** Makes of what is so what faulty sensors say. */
export type Disturb = (readings: Readings, at: Instant) => Readings

/** Each fault in turn, in the order of the scenario; they remember what they stuck at. */
export function sensorFaults(faults: readonly Fault[]): Disturb {
  const chain = faults.map((fault) => ({ fault, disturb: disturbanceOf(fault) }))
  return (readings, at) =>
    chain.reduce((sofar, { fault, disturb }) => (isActive(fault, at) ? disturb(sofar, at) : sofar), readings)
}

type Change = (value: number) => number | undefined

function disturbanceOf(fault: Fault): Disturb {
  switch (fault.kind) {
    case 'stuck':
      return stuck(fault)
    case 'jump':
      return (readings) => changed(readings, fault, (value) => value + fault.byK)
    case 'out-of-range':
      return (readings) => changed(readings, fault, () => fault.value)
    case 'silent':
      return (readings) => changed(readings, fault, () => undefined)
    case 'open-window':
      return (readings, at) => aired(readings, fault, at)
    case 'counter-reset':
      return counterReset()
    default:
      return (readings) => readings
  }
}

interface Sensor {
  readonly reading?: ScalarReading | undefined
  readonly zone: string
}

function stuck(sensor: Sensor): Disturb {
  const held = new Map<string, number>()
  return (readings) =>
    changed(readings, sensor, (value, name) => {
      const first = held.get(name) ?? value
      held.set(name, first)
      return first
    })
}

// A quarter of an hour takes half the drop; a room by an open window ends some kelvin above the street.
const AIRED_HALF_MS = HOUR_MS / 4
const AIRED_RATIO = 0.3

function aired(readings: Readings, { zone, from }: { zone: string; from: Instant }, at: Instant): Readings {
  const outdoorC = readings.outdoorC ?? 0
  const gone = 1 - Math.exp((-Math.LN2 * (at - from)) / AIRED_HALF_MS)
  return changed(readings, { zone }, (value) => value - AIRED_RATIO * gone * Math.max(0, value - outdoorC))
}

function counterReset(): Disturb {
  let base: Readings | undefined
  return (readings) => {
    base ??= readings
    const { energyKwh, volumeM3 } = readings
    return {
      ...readings,
      ...(energyKwh !== undefined && { energyKwh: energyKwh - (base.energyKwh ?? 0) }),
      ...(volumeM3 !== undefined && { volumeM3: volumeM3 - (base.volumeM3 ?? 0) }),
    }
  }
}

/** The readings with the sensor's value changed; `undefined` takes it away, a missing sensor stays missing. */
function changed(
  readings: Readings,
  { reading, zone }: Sensor,
  change: (value: number, name: string) => ReturnType<Change>,
): Readings {
  if (reading) {
    const value = readings[reading]
    return value === undefined ? readings : { ...readings, [reading]: change(value, reading) }
  }
  const all = Object.entries(readings.zones ?? {})
  const isMeant = (id: string, index: number) =>
    zone === 'all' || id === zone || (zone === 'first' && index === 0)
  const zones: Record<string, ZoneReading> = {}
  for (const [index, [id, given]] of all.entries()) {
    const isTouched = isMeant(id, index) && given.indoorC !== undefined
    zones[id] = isTouched ? { ...given, indoorC: change(given.indoorC ?? 0, id) } : given
  }
  return all.length > 0 ? { ...readings, zones } : readings
}
