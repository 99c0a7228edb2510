import { createHash, createHmac, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

// 16 MiB and some 40 ms a guess; a device's own password is long and random, not a person's.
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 1 }
const KEY_BYTES = 32

/** `scrypt$<salt>$<key>`, both base64url: what configuration holds instead of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(Buffer.from(password), salt)
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** Of a secret of 256 random bits, which nobody guesses however fast: thousands are hashed in no time. */
export function hashSecret(secret: string): string {
  return `sha256$${sha256(Buffer.from(secret)).toString('base64url')}`
}

function sha256(secret: Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest()
}

async function matchesHash(password: Uint8Array, hash: string): Promise<boolean> {
  const [scheme, salt, key] = hash.split('$')
  if (scheme === 'sha256' && salt) return timingSafeEqual(Buffer.from(salt, 'base64url'), sha256(password))
  if (scheme !== 'scrypt' || !salt || !key) return false
  const expected = Buffer.from(key, 'base64url')
  const given = await derive(password, Buffer.from(salt, 'base64url'))
  return expected.length === given.length && timingSafeEqual(expected, given)
}

function derive(password: Uint8Array, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, COST, (cause, key) => (cause ? reject(cause) : resolve(key)))
  })
}

export type PasswordCheck = (user: string, password: Uint8Array | undefined) => Promise<boolean>

/** Two at a time, so that guesses cannot keep the thread pool from the store. */
const AT_ONCE = 2
const MAX_WAITING = 10_000

/** Checks passwords against their hashes, one user name a hash; a fleet that comes back at once is known again. */
export function createPasswordCheck(hashes: ReadonlyMap<string, string>): PasswordCheck {
  const inTurn = limitAtOnce(AT_ONCE, MAX_WAITING)
  const secret = randomBytes(32)
  const known = new Map<string, Buffer>()
  const digest = (password: Uint8Array) => createHmac('sha256', secret).update(password).digest()
  return async (user, password) => {
    const hash = hashes.get(user)
    if (!hash || !password) return false
    const seen = known.get(user)
    if (seen && timingSafeEqual(seen, digest(password))) return true
    const matches = await inTurn(() => matchesHash(password, hash))
    if (matches) known.set(user, digest(password))
    return matches
  }
}

function limitAtOnce(limit: number, maxWaiting: number) {
  const waiting: (() => void)[] = []
  let running = 0
  return async (run: () => Promise<boolean>): Promise<boolean> => {
    if (waiting.length >= maxWaiting) return false
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await run()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
