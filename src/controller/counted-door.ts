import type { MessageDoor } from './ports.ts'

/** The same door, which knows whether someone stands in it. */
export function countedDoor(door: MessageDoor): MessageDoor & { readonly isIdle: boolean } {
  let inside = 0
  return {
    async receive(message) {
      inside++
      try {
        return await door.receive(message)
      } finally {
        inside--
      }
    },
    refuse: door.refuse,
    get isIdle() {
      return inside === 0
    },
  }
}
