import { readdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Bench, Spread } from './bench.ts'

type Figure = Spread & Pick<Bench, 'unit' | 'vs'>

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } })
const chosen = (await allBenches()).filter(({ name }) => isWanted(name, options.only))
if (chosen.length === 0) {
  console.error(
    `no bench is named ${options.only}; there are ${(await allBenches()).map(({ name }) => name).join(', ')}`,
  )
  process.exitCode = 2
} else {
  const figures = await measure(chosen)
  if (options.json) console.log(JSON.stringify(Object.fromEntries(figures)))
  else console.table(Object.fromEntries([...figures].map(([name, figure]) => [name, forReading(figure)])))
}

async function allBenches(): Promise<Bench[]> {
  const files = (await readdir(new URL('.', import.meta.url)))
    .filter((file) => /\.bench\.js$/.test(file))
    .sort()
  const modules: { benches: readonly Bench[] }[] = await Promise.all(
    files.map((file) => import(new URL(file, import.meta.url).href)),
  )
  return modules.flatMap(({ benches }) => benches)
}

/** `--only building` takes all of `building.*`. */
function isWanted(name: string, only: string | undefined): boolean {
  return only === undefined || name === only || name.startsWith(`${only}.`)
}

/** One after another: two at a time would measure each other. */
async function measure(benches: readonly Bench[]): Promise<Map<string, Figure>> {
  const figures = new Map<string, Figure>()
  for (const { name, unit, vs, run } of benches) {
    console.error(`${name} ...`)
    const { median, min, max } = await run()
    figures.set(name, { median, min, max, unit, ...(vs ? { vs } : {}) })
  }
  return figures
}

function forReading({ median, min, max, unit, vs }: Figure) {
  const short = (value: number) => Number(value.toPrecision(3))
  return { median: short(median), min: short(min), max: short(max), unit, vs: vs ?? '' }
}
