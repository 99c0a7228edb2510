import { useEffect, useState } from 'preact/hooks'
import { readFlexibility } from './api-client.ts'
import type { Flexibility } from './api-types.ts'

/** What can be called for, read anew after each turn; null until something is planned. */
export function useFlexibility(turnAt: number | null): Flexibility | null {
  const [flexibility, setFlexibility] = useState<Flexibility | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    void readFlexibility(leaving.signal).then((answer) => {
      if (answer.ok && !leaving.signal.aborted) setFlexibility(answer.value)
    })
    return () => leaving.abort()
  }, [turnAt])
  return flexibility
}
