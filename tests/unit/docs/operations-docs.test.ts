import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(join(root, 'docs/operations.md'), 'utf8')
const sources = ['src/adapters', 'src/controller'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
)

/** The constant text that ends each call. */
function messages(call: RegExp): string[] {
  const found = sources.flatMap((text) => [...text.matchAll(call)].map(([, message = '']) => message))
  return [...new Set(found)].sort()
}

describe('docs/operations.md', () => {
  const logged = messages(/\blog\.(?:error|warn|info|debug)\([^;]*?,\s*'([^']+)',?\s*\)/g)
  const warnings = messages(/\btrouble\.warn\(\s*'([^']+)'/g)
  const troubles = messages(
    /\b(?:onError|trouble\.note)\(\s*error, '([^']+)'|kept\(setup, [^;]*?, '([^']+)'\)/g,
  ).filter(Boolean)

  it('knows where to look', () => {
    expect(logged).toContain('turn')
    expect(logged.length).toBeGreaterThan(12)
    expect(troubles).toContain('turn failed')
    expect(warnings).toContain('cap cannot be kept')
  })

  it.each(logged)('explains the log line `%s`', (message) => expect(page).toContain(`| \`${message}\` |`))
  it.each(warnings)('explains the warning `%s`, in health and in the log', (message) => {
    expect(page.split(`| \`${message}\` |`)).toHaveLength(3)
  })
  it.each(troubles)('explains the reason `%s`', (message) => expect(page).toContain(`\`${message}\``))
})
