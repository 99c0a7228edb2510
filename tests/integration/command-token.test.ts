import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttpServer } from '../../src/adapters/http/create-http-server.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { createFixtureDesk } from '../fixtures/desk.ts'

const TOKEN = 'a-token-of-sixteen'
const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }

let server: Awaited<ReturnType<typeof createHttpServer>>
let exported: number
beforeEach(async () => {
  exported = 0
  const exporter = async () => {
    exported++
    return { fileName: 'telemetry.csv', body: new Blob(['building,at\n']).stream() }
  }
  const desk = createFixtureDesk()
  server = await createHttpServer({ desk, port: 0, consoleDir: 'nowhere', log, token: TOKEN, exporter })
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = undefined
  await server.stop()
})

/** The exit code of a command against that server. */
async function run(...args: readonly string[]): Promise<unknown> {
  process.exitCode = undefined
  await buildProgram().parseAsync([...args, '--url', `http://127.0.0.1:${server.port}`], { from: 'user' })
  return process.exitCode
}

describe('a controller that wants a token', () => {
  it.each([[['status']], [['export', '--store', '/none/store.duckdb']]])(
    'is asked by %j with the one given, or that of the environment, and not without',
    async (command) => {
      expect(await run(...command)).toBe(3)
      expect(await run(...command, '--token', 'another-token-of-sixteen')).toBe(3)
      expect(await run(...command, '--token', TOKEN)).toBe(0)
      vi.stubEnv('HEATFLEX_TOKEN', TOKEN)
      expect(await run(...command)).toBe(0)
      expect(exported).toBe(command[0] === 'export' ? 2 : 0)
    },
  )
})
