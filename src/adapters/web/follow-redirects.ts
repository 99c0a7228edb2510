import ipaddr from 'ipaddr.js'
import { bareHost, isLoopbackAddress, isPublicAddress, publicLookup } from './public-address.ts'
import { type Request, type Sent, sendOnce } from './send-once.ts'

const MOST_HOPS = 3

/** A redirect that we do not follow, and why. */
export interface RedirectRefused {
  readonly kind: 'redirect-refused'
  readonly detail: string
}

/**
 * Sends a request and follows redirects within the service's own host or out to public addresses, never inside:
 * only where we were told to ask on loopback may an answer lead to loopback.
 */
export async function followRedirects(
  request: Request,
  secretHeaders: readonly string[],
): Promise<Sent | RedirectRefused> {
  const home = request.url
  let hop = request
  for (let hops = 0; hops <= MOST_HOPS; hops++) {
    const sent = await sendOnce(hop)
    if (sent.kind === 'failed' && sent.code === 'EPRIVATE') return refused(hop.url, 'not public')
    const target =
      sent.kind === 'answered' ? redirectTarget(sent.status, sent.headers.location, hop.url) : undefined
    if (target === undefined) return sent
    if (typeof target === 'string') return { kind: 'redirect-refused', detail: target }
    const why = whyNot(target, home)
    if (why) return refused(target, why)
    hop = onward(request, target, secretHeaders)
  }
  return { kind: 'redirect-refused', detail: `more than ${MOST_HOPS} redirects` }
}

/** Where it leads; undefined where it is none, a sentence where it cannot be read. */
function redirectTarget(status: number, location: string | undefined, from: URL): URL | string | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined
  if (location === undefined || !URL.canParse(location, from.href)) return `a ${status} that leads nowhere`
  return new URL(location, from)
}

function whyNot(target: URL, home: URL): string | undefined {
  if (target.origin === home.origin) return undefined
  if (target.protocol !== 'https:' && target.protocol !== home.protocol) return `by ${target.protocol}`
  const host = bareHost(target)
  if (isLoopbackAddress(bareHost(home)) && isLoopbackAddress(host)) return undefined
  return ipaddr.isValid(host) && !isPublicAddress(host) ? 'not public' : undefined
}

function onward(request: Request, target: URL, secretHeaders: readonly string[]): Request {
  if (target.origin === request.url.origin) return { ...request, url: target }
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !secretHeaders.includes(name.toLowerCase())),
  )
  return { ...request, url: target, headers, lookup: publicLookup }
}

function refused(target: URL, why: string): RedirectRefused {
  return { kind: 'redirect-refused', detail: `to ${target.host}, ${why}` }
}
