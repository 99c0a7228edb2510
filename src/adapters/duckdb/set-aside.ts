import { existsSync } from 'node:fs'
import { readdir, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Renames a database and its write-ahead log to `*.corrupt-<n>`, n the first that is free; gives the new name. */
export async function setAside(path: string): Promise<string> {
  let n = 1
  while (existsSync(`${path}.corrupt-${n}`)) n++
  const folder = dirname(path)
  const logs = (await readdir(folder)).filter((name) => name.startsWith(`${basename(path)}.wal`))
  for (const name of logs)
    await rename(join(folder, name), `${path}.corrupt-${n}${name.slice(basename(path).length)}`)
  if (existsSync(path)) await rename(path, `${path}.corrupt-${n}`)
  return `${path}.corrupt-${n}`
}
