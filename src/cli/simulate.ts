import { readFile } from 'node:fs/promises'
import type { FleetEvent } from '../../simulators/fleet-event.ts'
import { type FleetOptions, fleetOptionsSchema } from '../../simulators/fleet-options.ts'
import { runFleet } from '../../simulators/fleet-process.ts'
import { createRealClock } from '../adapters/clock/real-clock.ts'
import { type Config, demoConfig, parseConfig } from '../config.ts'
import { simulatedFleet } from './simulated-fleet.ts'

export interface SimulateOptions {
  /** Path of the configuration; without one, the demo's fleet at this machine's broker. */
  readonly config?: string | undefined
  readonly signal: AbortSignal
  /** One line for people; goes to stderr. */
  readonly say: (line: string) => void
}

/** Runs the simulated fleet of a configuration against any broker until the signal; gives the exit code. */
export async function runSimulate({ config: path, signal, say }: SimulateOptions): Promise<0 | 2> {
  const config = path === undefined ? demoConfig() : await readConfig(path, say)
  if (!config) return 2
  if (!config.simulated) {
    say(`${path}: simulated: no simulated fleet is configured`)
    return 2
  }
  const options = await optionsOf(config, say)
  if (!options) return 2
  say(`${options.draw.count} simulated buildings at ${options.broker.url}; their weather is synthetic`)
  const fleet = await runFleet(options, createRealClock(), (event) => say(sentence(event)))
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await fleet.stop()
  return 0
}

async function readConfig(path: string, say: (line: string) => void): Promise<Config | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    say(`${path}: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
  const outcome = parseConfig(text)
  if (outcome.ok) return outcome.config
  for (const { place, message } of outcome.faults) say(`${path}: ${place}: ${message}`)
  return undefined
}

async function optionsOf(config: Config, say: (line: string) => void): Promise<FleetOptions | undefined> {
  try {
    const clock = { epoch: 0, realStart: 0, speed: 1 }
    return fleetOptionsSchema.parse(await simulatedFleet(config, { clock }))
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function sentence(event: FleetEvent): string {
  switch (event.kind) {
    case 'started':
      return `${event.buildings} buildings live, ${event.restored} of them where they had stopped`
    case 'offline':
      return `${event.buildings} buildings cannot reach the broker: ${event.why}`
    case 'state-not-used':
      return `the saved state is not used: ${event.why}`
    case 'state-not-written':
      return `the state cannot be saved: ${event.why}`
    case 'stopped':
      return 'stopped'
    default:
      return event satisfies never
  }
}
