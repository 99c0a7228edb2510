// Compiles src/kernel to WebAssembly where it is older than its sources.
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

// Each becomes dist/src/kernel/<name>.wasm. Emitters that lag are a third state and a fee on the peak is a border of
// Newton's system: both are compiled in or out.
const PLAIN = ['LAGGED=0', 'FEE=0']
const FULL = ['LAGGED=1', 'FEE=1']
const MODULES = [
  { name: 'building', entry: 'building', constants: PLAIN },
  { name: 'building-full', entry: 'building', constants: FULL },
  { name: 'dense', entry: 'dense', constants: PLAIN },
  { name: 'fleet', entry: 'fleet', constants: PLAIN },
  { name: 'fleet-full', entry: 'fleet', constants: FULL },
]
const FLAGS = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert', '--disableWarning', '112']

const root = fileURLToPath(new URL('../', import.meta.url))
const out = new URL('../dist/src/kernel/', import.meta.url)
await mkdir(out, { recursive: true })
const sourceAt = Math.max(...(await Promise.all([import.meta.url, ...(await sources())].map(modifiedAt))))
for (const module of MODULES) {
  if ((await modifiedAt(new URL(`${module.name}.wasm`, out))) <= sourceAt) await compile(module)
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
async function compile({ name, entry, constants }) {
  const { main } = await import('assemblyscript/asc')
  const unfinished = `dist/src/kernel/${name}.${process.pid}.wasm`
  const { error, stderr } = await main(
    [
      `src/kernel/${entry}.ts`,
      ...FLAGS,
      ...constants.flatMap((constant) => ['--use', constant]),
      '--baseDir',
      root,
      '--outFile',
      unfinished,
    ],
    {},
  )
  if (error) throw new Error(`src/kernel/${entry}.ts does not compile\n${stderr}`, { cause: error })
  await rename(new URL(unfinished, `file://${root}`), new URL(`${name}.wasm`, out))
}
