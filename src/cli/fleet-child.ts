import type { FleetEvent } from '../../simulators/fleet-event.ts'
import { fleetOptionsSchema } from '../../simulators/fleet-options.ts'
import { runFleet } from '../../simulators/fleet-process.ts'
import { toldWeatherSchema } from '../../simulators/told-weather.ts'
import { createRealClock } from '../adapters/clock/real-clock.ts'

// The whole file is a process: started by `forkFleet`, told its options by message, ended with its parent.
const PARENT_WATCH_MS = 1_000
const parent = process.ppid

const tell = (event: FleetEvent) => {
  if (process.connected) process.send?.(event)
}

async function main(message: unknown): Promise<void> {
  const options = fleetOptionsSchema.parse(message)
  const fleet = runFleet(options, createRealClock(options.clock), tell)
  process.on('message', (told) => {
    const weather = toldWeatherSchema.safeParse(told)
    if (weather.success) void fleet.then(({ tellWeather }) => tellWeather(weather.data))
  })
  const end = () => void fleet.then(({ stop }) => stop()).then(() => process.exit(0))
  process.once('disconnect', end)
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  // A parent that was killed outright leaves us to another.
  setInterval(() => process.ppid !== parent && end(), PARENT_WATCH_MS).unref()
  await fleet
}

process.once('message', (message) => {
  main(message).catch((error) => {
    process.stderr.write(`simulated fleet: ${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  })
})
