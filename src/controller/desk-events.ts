import type { DeskEvent } from '../core/domain/views.ts'

/** Those who watch the desk. */
export interface DeskEvents {
  emit(event: DeskEvent): void
  readonly isWatched: boolean
  subscribe(listener: (event: DeskEvent) => void): () => void
}

export function createDeskEvents(): DeskEvents {
  const listeners = new Set<(event: DeskEvent) => void>()
  return {
    emit(event) {
      for (const listener of listeners) listener(event)
    },
    get isWatched() {
      return listeners.size > 0
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
