import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readTree } from '../../fixtures/architecture/read-source.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const importsOf = new Map(readTree(root, ['src', 'simulators']).map(({ path, imports }) => [path, imports]))

/** All that runs when `path` is imported, files and packages. */
function reach(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const { target, typeOnly } of importsOf.get(path) ?? []) if (!typeOnly) reach(target, seen)
  return seen
}

it.each(['src/replay/run-replay.ts', 'src/replay/job-worker.ts', 'src/cli/replay.ts'])(
  'a replay from %s has no way to a service',
  (entry) => {
    const reached = [...reach(entry)]
    expect(reached.length).toBeGreaterThan(20)
    expect(reached.filter((path) => path === 'got' || path.startsWith('src/adapters/web'))).toEqual([])
  },
)

it('the controller has one', () => {
  expect([...reach('src/controller/app.ts')]).toContain('got')
})
