import { readFileSync } from 'node:fs'

/** The package's version; the file lies two levels up once built, one in the sources. */
export const version: string = readVersion()

function readVersion(): string {
  const up = import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json'
  const manifest: { version: string } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'))
  return manifest.version
}
