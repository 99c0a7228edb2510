import { readFile } from 'node:fs/promises'
import { parseBuildingId } from '../core/domain/building-id.ts'

export class CredentialsError extends Error {
  override readonly name = 'CredentialsError'
}

export interface PasswordHashes {
  readonly buildings: ReadonlyMap<string, string>
  readonly operators: ReadonlyMap<string, string>
}

/** Reads `id:hash` lines; an operator, who may only read, is written `operator/name:hash`. Every bad line is named. */
export async function readCredentials(path: string): Promise<PasswordHashes> {
  const buildings = new Map<string, string>()
  const operators = new Map<string, string>()
  const faults: string[] = []
  for (const [index, line] of (await readFile(path, 'utf8')).split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const colon = line.indexOf(':')
    const [name, hash] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
    const operator = name.startsWith('operator/') ? name.slice('operator/'.length) : undefined
    if (colon < 1 || hash === '') faults.push(`line ${index + 1}: not \`id:hash\``)
    else if (operator) operators.set(operator, hash)
    else if (parseBuildingId(name)) buildings.set(name, hash)
    else faults.push(`line ${index + 1}: "${name}" is no building id`)
  }
  if (faults.length > 0) throw new CredentialsError(`${path}: ${faults.join('; ')}`)
  return { buildings, operators }
}
