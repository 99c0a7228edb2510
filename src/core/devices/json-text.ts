import { DEFAULT_MESSAGE_LIMITS, type MessageLimits, type Refusal, refuse } from './refusal.ts'

export type ParsedText = { readonly kind: 'json'; readonly value: unknown } | Refusal

/** Reads JSON that a stranger wrote: size and nesting are judged before the parser sees it. */
export function parseJsonText(text: string, limits: MessageLimits = DEFAULT_MESSAGE_LIMITS): ParsedText {
  if (text.length === 0) return refuse('empty', 'no payload')
  if (text.length > limits.maxChars) return refuse('too-large', `${text.length} characters`)
  if (isDeeperThan(text, limits.maxDepth)) return refuse('too-deep', `nested beyond ${limits.maxDepth}`)
  try {
    return { kind: 'json', value: JSON.parse(text) }
  } catch (cause) {
    return refuse('not-json', cause instanceof Error ? cause.message.slice(0, 120) : 'unreadable')
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (inString) {
      if (char === BACKSLASH) i++
      else if (char === QUOTE) inString = false
    } else if (char === QUOTE) {
      inString = true
    } else {
      depth += nesting(char)
      if (depth > maxDepth) return true
    }
  }
  return false
}

function nesting(char: number): number {
  if (char === 0x5b || char === 0x7b) return 1
  return char === 0x5d || char === 0x7d ? -1 : 0
}
