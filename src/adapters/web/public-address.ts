import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether the whole internet may have this address: not private, loopback, link-local or translated. */
export function isPublicAddress(address: string): boolean {
  // `process` also sees through ::ffff:10.0.0.1.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}

/** A URL's host without the brackets of IPv6. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Name and address look-up that knows public addresses only: what a name says may change after we checked it. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupAllOptions = { ...options, all: true }
  lookup(hostname, all, (error, found) => {
    const inside = error ? undefined : found.find(({ address }) => !isPublicAddress(address))
    if (error) callback(error, '')
    else if (inside) callback(new PrivateAddressError(`${hostname} is ${inside.address}`), '')
    else answer(options.all === true, found, callback)
  })
}

/** A name that leads inside; a server elsewhere must not make us ask there. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError'
  readonly code = 'EPRIVATE'
}

function answer(
  all: boolean,
  found: readonly LookupAddress[],
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = found
  if (!first) callback(new PrivateAddressError('no address'), '')
  else if (all) callback(null, [...found])
  else callback(null, first.address, first.family)
}
