import { readFile } from 'node:fs/promises'
import { type Config, parseConfig } from '../config.ts'
import { explain, say } from './terminal.ts'

/** Reads a configuration, or says every fault of it. */
export async function loadConfig(path: string): Promise<Config | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    say(`${path}: ${explain(error)}`)
    return undefined
  })
  if (text === undefined) return undefined
  const outcome = parseConfig(text)
  if (outcome.ok) return outcome.config
  for (const { place, message } of outcome.faults) say(`${path}: ${place}: ${message}`)
  return undefined
}
