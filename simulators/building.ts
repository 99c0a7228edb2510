import { MINUTE_MS } from '../src/core/domain/instant.ts'
import type { BuildingSpec } from './building-spec.ts'
import { type BuildingState, newState, settleToWeather } from './building-state.ts'
import { newCalendar, refreshCalendar } from './calendar.ts'
import { createHousehold, liveMinute } from './household.ts'
import { type Around, stepPlant, stepRooms } from './plant.ts'
import { createSensors, readSensors } from './sensors.ts'
import type { Command, Setup, SimulatedBuilding, Weather } from './simulated-building.ts'
import { truthOf } from './truth.ts'

interface Snapshot {
  readonly version: 1
  readonly outdoorC: number
  readonly state: BuildingState
}

/** A building whose rooms stand at 22 °C at `start`, cut to the minute; give it days to find its own temperatures. */
export function createBuilding(spec: BuildingSpec, setup: Setup): SimulatedBuilding {
  const start = Math.floor(setup.start / MINUTE_MS) * MINUTE_MS
  return runBuilding(spec, setup, { version: 1, outdoorC: 0, state: newState(spec, start) })
}

/** Goes on from a `snapshot` of the same specification, to the bit; throws where it is of another. */
export function restoreBuilding(spec: BuildingSpec, setup: Setup, snapshot: string): SimulatedBuilding {
  const from: Snapshot = JSON.parse(snapshot)
  if (from.version !== 1 || from.state.zones.length !== spec.zones.length) {
    const refusal = new Error(`restoring ${spec.id}: the snapshot is of another version or another building`)
    refusal.name = 'SnapshotError'
    throw refusal
  }
  return runBuilding(spec, setup, from)
}

function runBuilding(spec: BuildingSpec, setup: Setup, from: Snapshot): SimulatedBuilding {
  const state = from.state
  const calendar = newCalendar()
  const household = createHousehold(spec, setup.noise)
  const sensors = setup.noise ? createSensors(spec) : undefined
  const outdoorBiasK = setup.noise ? spec.sensors.outdoorBiasK : 0
  const zoneC = new Float64Array(spec.zones.length)
  const around: Around = {
    outdoorC: from.outdoorC,
    windRatio: 1,
    fanRatio: 1,
    supplyAirC: 0,
    applianceRatio: 0,
    pipeGainKwM2: 0,
    facadeWm2: calendar.facadeWm2,
  }

  function step(weather: Weather, command: Command | undefined): void {
    if (state.ageMin === 0) settleToWeather(state, weather.outdoorC)
    refreshCalendar(calendar, spec, setup, { at: state.at, solarWm2: weather.solarWm2 })
    around.outdoorC = weather.outdoorC
    around.windRatio = 0.6 + 0.1 * weather.windMs
    around.applianceRatio = calendar.applianceRatio
    liveMinute(spec, state, household, calendar, weather.outdoorC)
    stepPlant(spec, state, { around, fanRatio: calendar.fanRatio, outdoorBiasK }, command)
    stepRooms(spec, state, around)
    state.at += MINUTE_MS
    state.ageMin++
  }

  return {
    get at() {
      return state.at
    },
    step,
    read() {
      const intervalS = (state.at - state.meter.readAt) / 1000
      return { at: state.at, intervalS, readings: readSensors(spec, state, sensors, around.outdoorC) }
    },
    truth: () => truthOf(spec, state, zoneC),
    snapshot: () => JSON.stringify({ version: 1, outdoorC: around.outdoorC, state } satisfies Snapshot),
  }
}
