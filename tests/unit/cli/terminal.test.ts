import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const TERMINAL = new URL('../../../dist/src/cli/terminal.js', import.meta.url)

// A process of its own, for it ends; it runs what was built.
it.skipIf(!existsSync(fileURLToPath(TERMINAL)))(
  'leaves quietly when whoever reads the answer stops reading',
  async () => {
    const script = `
      const { leaveWhenUnread, print } = await import(${JSON.stringify(TERMINAL.href)})
      leaveWhenUnread()
      setInterval(() => print('x'.repeat(1000)), 1)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' })
    let complaints = ''
    child.stderr.on('data', (chunk) => {
      complaints += String(chunk)
    })
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'exit')
    expect([code, complaints]).toEqual([0, ''])
  },
)
