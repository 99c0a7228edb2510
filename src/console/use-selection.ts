import { useEffect, useState } from 'preact/hooks'

const PREFIX = '#/building/'

export function buildingHref(id: string): string {
  return PREFIX + encodeURIComponent(id)
}

/** The building that the address names, so that a view can be linked to and the back button works. */
export function useSelection(): string | null {
  const [selected, select] = useState(selectedId)
  useEffect(() => {
    const follow = () => select(selectedId())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  return selected
}

export function clearSelection(): void {
  window.location.hash = '#/'
}

function selectedId(): string | null {
  const { hash } = window.location
  return hash.startsWith(PREFIX) ? decodeURIComponent(hash.slice(PREFIX.length)) : null
}
