import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readTree, type SourceFile } from '../../fixtures/architecture/read-source.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const files = new Map(readTree(root, ['src', 'simulators']).map((file) => [file.path, file]))

/** Every file that runs because one of these is imported. */
function reachedFrom(starts: readonly SourceFile[]): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [...starts]
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (reached.has(file.path)) continue
    reached.add(file.path)
    for (const { target, typeOnly } of file.imports) {
      const next = files.get(target)
      if (next && !typeOnly) waiting.push(next)
    }
  }
  return reached
}

it('has nothing in it that could ask a service: a replay is the same with and without a network', () => {
  const replay = reachedFrom([...files.values()].filter(({ path }) => path.startsWith('src/replay/')))
  expect(replay.has('src/controller/controller.ts')).toBe(true)
  expect([...replay].filter((path) => path.startsWith('src/adapters/web/'))).toEqual([])
  expect([...replay].filter((path) => path.startsWith('src/adapters/weather/'))).toEqual([])
})

it('would be seen: the process that runs on does ask', () => {
  const start = reachedFrom([files.get('src/cli/start.ts')!])
  expect([...start]).toContain('src/adapters/web/web-client.ts')
})
