import { fork } from 'node:child_process'
import type { FleetEvent } from '../../simulators/fleet-event.ts'
import type { FleetOptionsInput } from '../../simulators/fleet-options.ts'
import type { ToldWeather } from '../../simulators/told-weather.ts'

/** A simulated fleet in a process of its own: its physics never hold up the controller. */
export interface FleetProcess {
  readonly pid: number | undefined
  /** Resolves with its exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>
  /** The weather outside from now on. */
  tellWeather(told: ToldWeather): void
  /** Lets it save its state and say goodbye. */
  stop(): Promise<void>
}

const PATIENCE_MS = 5_000

/** Starts the fleet's process; it ends with this one, however this one ends. */
export function forkFleet(options: FleetOptionsInput, tell: (event: FleetEvent) => void): FleetProcess {
  const child = fork(new URL('./fleet-child.js', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  child.on('message', (event) => tell(event as FleetEvent))
  child.send(options)
  return {
    pid: child.pid,
    ended,
    tellWeather(told) {
      if (child.connected) child.send(told)
    },
    async stop() {
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
      await ended
      clearTimeout(force)
    },
  }
}
