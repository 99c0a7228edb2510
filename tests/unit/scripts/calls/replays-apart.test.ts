import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fileOf, replaysApart } from '../../../../scripts/calls/replays-apart.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heatflex-calls-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A replay of three calls that bear its number; the even ones take longer than the odd ones after them. */
const REPLAY = `
import { writeFileSync } from 'node:fs'
const index = Number(process.argv.at(-1))
const folder = process.argv[2]
setTimeout(() => {
  writeFileSync(folder + '/' + index + '.json', JSON.stringify({ all: [index, index, index] }))
}, index % 2 === 0 ? 300 : 0)
`

async function replays(script: string, calls: number, first = 0) {
  const path = join(folder, 'replay.mjs')
  await writeFile(path, script)
  const terms = { folder, first, calls, processes: 2, script: path, args: [folder] }
  return (await replaysApart(terms)).map(({ all }) => all[0])
}

it('gives replays in their order, whoever was quicker, as many as the calls need', async () => {
  expect(await replays(REPLAY, 7, 10)).toEqual([10, 11, 12])
})

it('goes on where it was broken off', async () => {
  await writeFile(fileOf(folder, 0), JSON.stringify({ all: ['kept', 'kept', 'kept'] }))
  expect(await replays(REPLAY, 4)).toEqual(['kept', 1])
})

it('says which replay failed', async () => {
  await expect(replays('process.exitCode = 3', 4)).rejects.toThrow(/replay [01] ended with 3/)
})
