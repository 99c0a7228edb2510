import { useRef } from 'preact/hooks'

/** The value of the last rendering, for those who draw later than that. */
export function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value)
  latest.current = value
  return latest
}
