import { loadConfig } from './load-config.ts'
import { print } from './terminal.ts'

/** 0 where the configuration could be started with, 2 where not. */
export async function runConfigCheck(path: string): Promise<0 | 2> {
  const config = await loadConfig(path)
  if (!config) return 2
  const simulated = config.simulated ? `, ${config.simulated.count} simulated` : ''
  print(`${path}: fine (${config.buildings.length} buildings${simulated})`)
  return 0
}
