import { basename } from 'node:path'
import { readMeasuredLoadFile } from '../adapters/files/read-file.ts'
import type { Config } from '../config.ts'
import type { Branch, Network, UncontrolledLoad } from '../core/domain/network.ts'
import { fitSignature } from '../core/plan/production/fit-signature.ts'
import type { PlantTerms } from '../core/plan/production/plant-job.ts'
import { SourceFileError } from './source-file-error.ts'

type Described = Pick<Config, 'plant' | 'network' | 'emissions'> & {
  readonly site: Pick<Config['site'], 'timeZone'>
}
type DescribedNetwork = NonNullable<Config['network']>
type DescribedLoad = NonNullable<DescribedNetwork['uncontrolled']>

/** A plant needs pipes, if only to its own door. */
const NO_PIPES: Omit<Network, 'objective'> = {
  branches: [],
  peakEurPerKw: 0,
  supply: [{ outdoorC: 0, supplyC: 80 }],
}

/** Plant and network as configured, with what is to be learned from files learned; undefined where there is neither. */
export async function configuredProduction(config: Described): Promise<PlantTerms | undefined> {
  const { plant, network, emissions } = config
  if (!plant && !network) return undefined
  if (!network) return { plant, network: { ...NO_PIPES, objective: 'system' }, emissions }
  return { plant, network: await learnedNetwork(network, config.site.timeZone), emissions }
}

async function learnedNetwork(network: DescribedNetwork, timeZone: string): Promise<Network> {
  const branches: Branch[] = []
  for (const branch of network.branches) {
    branches.push({ ...branch, uncontrolled: await learned(branch.uncontrolled, timeZone) })
  }
  return { ...network, branches, uncontrolled: await learned(network.uncontrolled, timeZone) }
}

async function learned(
  load: DescribedLoad | undefined,
  timeZone: string,
): Promise<UncontrolledLoad | undefined> {
  if (load?.kind !== 'measured') return load
  const read = await readMeasuredLoadFile(load.csv)
  if (read.ok) return fitSignature(read.rows, load.covers, timeZone).signature
  const faults = read.faults.map(({ place, message }) => `${basename(load.csv)}: ${place}: ${message}`)
  throw new SourceFileError(faults.join('\n'))
}
