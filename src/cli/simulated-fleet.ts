import { readFile } from 'node:fs/promises'
import type { FleetOptionsInput } from '../../simulators/fleet-options.ts'
import type { Config } from '../config.ts'

export interface SimulatedFleetExtras {
  readonly clock: FleetOptionsInput['clock']
  /** Where the embedded broker came to listen, if its port was drawn. */
  readonly brokerUrl?: string | undefined
  readonly passwords?: Readonly<Record<string, string>> | undefined
  readonly stateFile?: string | undefined
  /** What a service tells; the fleet draws its own where nothing is told. */
  readonly weather?: FleetOptionsInput['weather']
}

/** The fleet that a configuration describes, as its process wants it; rejects where a named file cannot be read. */
export async function simulatedFleet(
  config: Config,
  extras: SimulatedFleetExtras,
): Promise<FleetOptionsInput> {
  const { mqtt, site } = config
  const { seed = 1, count = 20, meterOnlyShare, telemetryMinutes } = config.simulated ?? {}
  return {
    broker: {
      url: extras.brokerUrl ?? mqtt.url ?? localUrl(mqtt.host, mqtt.port),
      ...(mqtt.passwordFile && { password: (await readFile(mqtt.passwordFile, 'utf8')).trim() }),
      ...(extras.passwords && { passwords: { ...extras.passwords } }),
      ...(mqtt.caFile && { caPem: await readFile(mqtt.caFile, 'utf8') }),
    },
    draw: { seed, count, meterOnlyShare },
    site: { timeZone: site.timeZone, latitude: site.latitude, longitude: site.longitude },
    clock: extras.clock,
    weatherSeed: seed,
    weather: extras.weather,
    telemetryMinutes,
    stateFile: extras.stateFile,
  }
}

function localUrl(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  if (isEverywhere) return `mqtt://127.0.0.1:${port}`
  return `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`
}
