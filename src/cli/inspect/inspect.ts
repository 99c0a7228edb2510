import { explain, print, say } from '../terminal.ts'
import type { InspectKind } from './inspected.ts'
import { INSPECT_KINDS } from './kinds.ts'
import { readRecording } from './read-recording.ts'

export interface InspectOptions {
  readonly kind: string
  readonly file: string
  readonly as: string
  readonly zone?: string | undefined
  readonly json?: boolean | undefined
}

/** Shows what we make of a recorded answer. 0 where it can be read, 2 where it is refused, or nobody knows the form. */
export async function runInspect({ kind: name, file, as, zone, json }: InspectOptions): Promise<0 | 2> {
  const kind = Object.hasOwn(INSPECT_KINDS, name) ? INSPECT_KINDS[name] : undefined
  if (!kind) return fault(`"${name}" is no kind of document: ${Object.keys(INSPECT_KINDS).join(', ')}`)
  const provider = providerOf(kind, as)
  if (provider === undefined) return fault(`--as ${as}: unknown for ${name}: ${kind.providers.join(', ')}`)
  let text: string
  try {
    text = await readRecording(file)
  } catch (error) {
    return fault(`${file}: ${explain(error)}`)
  }
  const inspected = kind.inspect(text, provider, zone)
  if (json) {
    const body = inspected.ok ? { ok: true, kind: name, as: provider, ...inspected.document } : inspected
    process.stdout.write(`${JSON.stringify(body, null, 2)}\n`)
  }
  if (!inspected.ok) return fault(`${file}: ${inspected.why}: ${inspected.detail}`)
  if (!json) for (const line of inspected.lines) print(line)
  return 0
}

/** The provider's own name for however people spell it: `ENTSO-E`, `Nord Pool`, `energidataservice`. */
export function providerOf(kind: InspectKind, spelled: string): string | undefined {
  return kind.providers.find((name) => plain(name) === plain(spelled))
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

function fault(line: string): 2 {
  say(line)
  return 2
}
