import { text } from 'node:stream/consumers'
import { hashPassword } from '../adapters/mqtt/password.ts'
import { parseBuildingId } from '../core/domain/building-id.ts'
import { print, say } from './terminal.ts'

const SHORTEST = 12

/** Reads a password from stdin and prints the line that `mqtt.passwordsFile` wants. */
export async function runPassword(id: string): Promise<0 | 2> {
  const name = id.startsWith('operator/') ? id.slice('operator/'.length) : id
  if (!parseBuildingId(name)) {
    say(`"${id}": not a building id (1 to 64 of a-z, 0-9 and -) nor operator/NAME`)
    return 2
  }
  const password = (await text(process.stdin)).trimEnd()
  if (password.length < SHORTEST) {
    say(`the password must have at least ${SHORTEST} characters`)
    return 2
  }
  print(`${id}:${await hashPassword(password)}`)
  return 0
}
