import { basename } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { Fault } from '../adapters/files/fault.ts'

export type YamlRead =
  | {
      readonly ok: true
      readonly value: unknown
      /** `file.yaml:12` of the value that these keys lead to, or of the nearest one around it. */
      readonly placeOf: (keys: readonly PropertyKey[]) => string
    }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Reads YAML and remembers where each value stood. */
export function readYaml(text: string, path: string): YamlRead {
  const name = basename(path)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false })
  const place = (offset: number) => `${name}:${lines.linePos(offset).line}`
  if (document.errors.length > 0) {
    return {
      ok: false,
      faults: document.errors.map(({ pos, message }) => ({ place: place(pos[0]), message })),
    }
  }
  const placeOf = (keys: readonly PropertyKey[]): string => {
    for (let length = keys.length; length > 0; length--) {
      const node: unknown = document.getIn(keys.slice(0, length), true)
      if (hasRange(node)) return place(node.range[0])
    }
    return `${name}:1`
  }
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: 20 }) ?? {}, placeOf }
  } catch (error) {
    return {
      ok: false,
      faults: [{ place: name, message: error instanceof Error ? error.message : String(error) }],
    }
  }
}

function hasRange(node: unknown): node is { range: readonly [number, ...number[]] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
