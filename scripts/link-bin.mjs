// `npx heatflex` in a checkout: npm links the bins of dependencies but not the package's own.
import { chmod, mkdir, rm, symlink } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const bin = new URL('node_modules/.bin/', root)
const cli = fileURLToPath(new URL('dist/src/cli.js', root))
await mkdir(bin, { recursive: true })
await rm(new URL('heatflex', bin), { force: true })
await chmod(cli, 0o755)
await symlink('../../dist/src/cli.js', new URL('heatflex', bin))
