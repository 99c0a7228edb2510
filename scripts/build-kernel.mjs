// Compiles src/kernel to WebAssembly where it is older than its sources.
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

// Each entry becomes dist/src/kernel/<entry>.wasm.
const ENTRIES = ['building', 'dense', 'fleet']
const FLAGS = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--disableWarning', '112']

const root = fileURLToPath(new URL('../', import.meta.url))
const out = new URL('../dist/src/kernel/', import.meta.url)
await mkdir(out, { recursive: true })
const sourceAt = Math.max(...(await Promise.all([import.meta.url, ...(await sources())].map(modifiedAt))))
for (const entry of ENTRIES) {
  if ((await modifiedAt(new URL(`${entry}.wasm`, out))) <= sourceAt) await compile(entry)
}

async function sources() {
  const folder = new URL('../src/kernel/', import.meta.url)
  return (await readdir(folder)).map((file) => new URL(file, folder))
}

/** 0 where there is none. */
async function modifiedAt(file) {
  return await stat(new URL(file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}

/** Under another name first: who reads the old one meanwhile never sees half of the new. */
async function compile(entry) {
  const { main } = await import('assemblyscript/asc')
  const unfinished = `dist/src/kernel/${entry}.${process.pid}.wasm`
  const { error, stderr } = await main(
    [`src/kernel/${entry}.ts`, ...FLAGS, '--baseDir', root, '--outFile', unfinished],
    {},
  )
  if (error) throw new Error(`src/kernel/${entry}.ts does not compile\n${stderr}`, { cause: error })
  await rename(new URL(unfinished, `file://${root}`), new URL(`${entry}.wasm`, out))
}
