import { randomBytes } from 'node:crypto'
import { drawFleet } from '../../simulators/fleet.ts'
import { hashSecret } from '../adapters/mqtt/password.ts'
import type { Config } from '../config.ts'
import type { PasswordHashes } from './credentials.ts'

/** Passwords of the simulated buildings, by id: drawn anew at each start, known to this process and theirs alone. */
export type StreetPasswords = Readonly<Record<string, string>>

/** Undefined where our broker asks nobody for a password, or no building is simulated. */
export function drawStreetPasswords({ mqtt, simulated }: Config): StreetPasswords | undefined {
  if (!simulated || mqtt.url || !mqtt.passwordsFile) return undefined
  const { seed, count, meterOnlyShare } = simulated
  const specs = drawFleet({ seed, count, meterOnlyShare })
  return Object.fromEntries(specs.map(({ id }) => [id, randomBytes(32).toString('base64url')]))
}

/** What the broker checks: the passwords file, and the street's own before it. */
export function withStreet(hashes: PasswordHashes, street: StreetPasswords = {}): PasswordHashes {
  const drawn = Object.entries(street).map(([id, secret]) => [id, hashSecret(secret)] as const)
  return { ...hashes, buildings: new Map([...hashes.buildings, ...drawn]) }
}
