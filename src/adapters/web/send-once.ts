import type { IncomingHttpHeaders } from 'node:http'
import type { LookupFunction } from 'node:net'
import got from 'got'

export interface Request {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly lookup?: LookupFunction | undefined
}

export type Sent =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: IncomingHttpHeaders
      readonly body: Uint8Array
    }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }

/** One request, one answer: no retry, no redirect, no more bytes than allowed once unpacked. */
export async function sendOnce(request: Request): Promise<Sent> {
  const { url, headers, maxBytes, timeoutMs, signal, lookup } = request
  const stream = got.stream(url, {
    headers: { ...headers },
    followRedirect: false,
    throwHttpErrors: false,
    strictContentLength: true,
    retry: { limit: 0 },
    timeout: { request: timeoutMs, connect: timeoutMs / 2 },
    signal,
    ...(lookup && { dnsLookup: lookup }),
  })
  try {
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of stream) {
      bytes += chunk.length
      // A small archive may unpack to anything: what counts is what we would have to hold.
      if (bytes > maxBytes) return { kind: 'too-large' }
      chunks.push(chunk)
    }
    const response = stream.response
    if (!response) return { kind: 'failed', code: 'ENOANSWER', message: 'no answer' }
    const { statusCode, headers: answered } = response
    return { kind: 'answered', status: statusCode, headers: answered, body: Buffer.concat(chunks) }
  } catch (error) {
    signal.throwIfAborted()
    return failure(error)
  } finally {
    stream.destroy()
  }
}

function failure(error: unknown): Sent {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'ERROR'
  return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) }
}
