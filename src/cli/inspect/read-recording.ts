import { readFile } from 'node:fs/promises'
import { text as readStream } from 'node:stream/consumers'
import { parse } from 'yaml'
import { z } from 'zod'

const cassette = z.object({
  interactions: z.array(z.object({ response: z.object({ body: z.object({ string: z.string() }) }) })).min(1),
})

/** The text of a file, or of stdin for `-`; of a recorded conversation (a VCR cassette) its first answer. */
export async function readRecording(path: string): Promise<string> {
  const text = path === '-' ? await readStream(process.stdin) : await readFile(path, 'utf8')
  return text.startsWith('interactions:') ? answerOf(text) : text
}

export function answerOf(text: string): string {
  const read = cassette.safeParse(parse(text))
  return read.success ? read.data.interactions[0]!.response.body.string : text
}
