import { Duplex, Transform } from 'node:stream'

/** A connection whose bytes arrive late, in order: `nextDelayMs` is asked for each chunk, both ways. */
export function delayedDuplex(inner: Duplex, nextDelayMs: () => number): Duplex {
  const outward = lateStream(nextDelayMs)
  const inward = lateStream(nextDelayMs)
  outward.pipe(inner)
  inner.pipe(inward)
  const duplex = Duplex.from({ writable: outward, readable: inward })
  inner.once('close', () => duplex.destroy())
  duplex.once('close', () => inner.destroy())
  return duplex
}

function lateStream(nextDelayMs: () => number): Transform {
  return new Transform({
    transform(chunk, _encoding, done) {
      setTimeout(() => done(null, chunk), nextDelayMs())
    },
  })
}
