import type { Clock } from '../src/controller/ports.ts'
import type { Device } from './device.ts'
import type { FleetEvent } from './fleet-event.ts'
import type { FleetOptions } from './fleet-options.ts'
import { type DeviceState, writeFleetState } from './fleet-state.ts'

/** Gives a function that writes the fleet as it stands; a failure is told, and the fleet lives on. */
export function createSaver(
  devices: readonly Device[],
  { stateFile, draw }: FleetOptions,
  clock: Clock,
  tell: (event: FleetEvent) => void,
) {
  let saving: Promise<void> = Promise.resolve()
  const save = async () => {
    if (stateFile === undefined) return
    const buildings: Record<string, DeviceState> = {}
    for (const device of devices) {
      buildings[device.id] = { building: device.building.snapshot(), memory: device.memory() }
    }
    try {
      await writeFleetState(stateFile, { version: 1, at: clock.now(), draw, buildings })
    } catch (error) {
      tell({ kind: 'state-not-written', why: error instanceof Error ? error.message : String(error) })
    }
  }
  // One at a time: two writers would share one draft.
  return () => {
    saving = saving.then(save)
    return saving
  }
}
