/** Whether an MQTT filter covers a topic: `+` is one level, a closing `#` is any, and neither opens `$…`. */
export function coversTopic(filter: string, topic: string): boolean {
  return filter === topic || covers(filter.split('/'), topic.split('/'))
}

function covers(filter: readonly string[], topic: readonly string[]): boolean {
  const [first] = filter
  if ((first === '+' || first === '#') && topic[0]?.startsWith('$')) return false
  for (const [index, level] of filter.entries()) {
    if (level === '#') return true
    if (index >= topic.length || (level !== '+' && level !== topic[index])) return false
  }
  return filter.length === topic.length
}

export function hasWildcard(filter: string): boolean {
  return filter.includes('+') || filter.includes('#')
}

interface Wild<T> {
  readonly levels: readonly string[]
  readonly items: Set<T>
}

/** Items by topic filter. Plain topics cost one look-up however many there are; wildcards are tried in turn. */
export class FilterIndex<T> {
  readonly #plain = new Map<string, Set<T>>()
  readonly #wild = new Map<string, Wild<T>>()

  add(filter: string, item: T): void {
    this.#itemsAt(filter).add(item)
  }

  #itemsAt(filter: string): Set<T> {
    const known = this.#plain.get(filter) ?? this.#wild.get(filter)?.items
    if (known) return known
    const items = new Set<T>()
    if (hasWildcard(filter)) this.#wild.set(filter, { levels: filter.split('/'), items })
    else this.#plain.set(filter, items)
    return items
  }

  remove(filter: string, item: T): void {
    const items = this.#plain.get(filter) ?? this.#wild.get(filter)?.items
    items?.delete(item)
    if (items?.size !== 0) return
    this.#plain.delete(filter)
    this.#wild.delete(filter)
  }

  /** In the order of adding, plain topics first; a copy, so that items may leave while it is walked. */
  match(topic: string): T[] {
    const found = [...(this.#plain.get(topic) ?? [])]
    if (this.#wild.size === 0) return found
    const levels = topic.split('/')
    for (const wild of this.#wild.values()) {
      if (covers(wild.levels, levels)) found.push(...wild.items)
    }
    return found
  }
}
