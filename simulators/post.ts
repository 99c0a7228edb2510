import type { Link } from './link.ts'

export interface Letter {
  readonly topic: string
  readonly payload: string
  readonly retain: boolean
}

/** Messages of which only the newest a topic matters, such as acks: kept until the broker has it. */
export interface Post {
  send(letter: Letter): void
  /** Sends again what the broker has not taken over. */
  flush(): void
  readonly letters: readonly Letter[]
}

export function createPost(link: Pick<Link, 'publish'>, kept: readonly Letter[]): Post {
  const newest = new Map(kept.map((letter) => [letter.topic, letter]))
  const send = (letter: Letter) => {
    newest.set(letter.topic, letter)
    link.publish(letter, (isAcked) => {
      if (isAcked && newest.get(letter.topic) === letter) newest.delete(letter.topic)
    })
  }
  return {
    send,
    flush() {
      for (const letter of newest.values()) send(letter)
    },
    get letters() {
      return [...newest.values()]
    },
  }
}
