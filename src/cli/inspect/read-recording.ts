import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import { parse } from 'yaml'
import { z } from 'zod'

const cassette = z.object({
  interactions: z.array(z.object({ response: z.object({ body: z.object({ string: z.string() }) }) })).min(1),
})

/** An answer that a client kept with its status and headers. */
const kept = z.object({
  status_code: z.number(),
  headers: z.record(z.string(), z.string()),
  data: z.unknown(),
})

/** The text of a file, or of stdin for `-`; of a recorded conversation (a VCR cassette) its first answer. */
export async function readRecording(path: string): Promise<string> {
  const text = path === '-' ? await readStream(process.stdin) : await readFile(path, 'utf8')
  return text.startsWith('interactions:') ? answerOf(text) : bodyOf(text)
}

/** The body alone, where a client kept status and headers around it; else the text as it is. */
export function bodyOf(text: string): string {
  if (!/^\s*\{\s*"status_code"/.test(text)) return text
  try {
    const read = kept.safeParse(JSON.parse(text))
    return read.success ? JSON.stringify(read.data.data) : text
  } catch {
    return text // cut short: the parser says so
  }
}

export function answerOf(text: string): string {
  const read = cassette.safeParse(parse(text))
  return read.success ? read.data.interactions[0]!.response.body.string : text
}
