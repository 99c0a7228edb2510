const BUILT = new URL('../../../dist/src/adapters/workers/', import.meta.url)

/**
 * Where a worker's script lies. Threads run JavaScript alone, so code that runs from its sources, as tests do,
 * starts the built script beside it.
 */
export function workerFile(name: string): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(`${name}.js`, BUILT)
  return new URL(`./${name}.js`, import.meta.url)
}
