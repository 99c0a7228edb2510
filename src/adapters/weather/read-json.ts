import type { WeatherRefusal } from './weather-read.ts'
import { refuse } from './weather-read.ts'

/** A document as JSON says it, or why it is none: services in trouble answer with pages for people. */
export function readJson(text: string): { readonly value: unknown } | WeatherRefusal {
  if (text.trim() === '') return refuse('empty', 'nothing came')
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return refuse('not-json', `${error instanceof Error ? error.message : error}`)
  }
}
