import { networkSupplyC } from '../../../simulators/network.ts'
import {
  flowsThrough,
  type PipeSpec,
  type PipeTerms,
  type Stream,
  sumStreams,
} from '../../../simulators/pipes.ts'
import type { BuildingId } from '../../core/domain/building-id.ts'
import type { BuildingRun } from '../accumulate.ts'

/** Which buildings draw from the network, and where. */
export interface Placed {
  readonly id: BuildingId
  /** Its branch; undefined where it stands at the plant itself. */
  readonly branch: string | undefined
  /** False where a heat pump of its own feeds it. */
  readonly isOnNetwork: boolean
}

/** What truly arrives at each branch, and leaves the plant, in one run. */
export interface NetworkStreams {
  readonly branches: ReadonlyMap<string, Stream>
  readonly plant: Stream
}

/** What the buildings of each branch draw together; those at the plant under `undefined`. */
export function drawnByBranch(
  runs: readonly BuildingRun[],
  placed: readonly Placed[],
): ReadonlyMap<string | undefined, Stream> {
  const traces = new Map(runs.map(({ building, trace }) => [building.id, trace]))
  const names = new Set(placed.map(({ branch }) => branch))
  return new Map(
    [...names].map((name) => {
      const streams = placed
        .filter(({ branch, isOnNetwork }) => branch === name && isOnNetwork)
        .flatMap(({ id }) => traces.get(id) ?? [])
      return [name, sumStreams(streams, runs[0]?.trace.heatKw.length ?? 0)]
    }),
  )
}

export function networkStreams(
  pipes: readonly PipeSpec[],
  drawn: ReadonlyMap<string | undefined, Stream>,
  supplyC: Float64Array,
): NetworkStreams {
  const flows = flowsThrough(pipes, onPipes(drawn), supplyC)
  const fed = pipes.flatMap(({ id, parent }) => (parent === undefined ? [flows.get(id)?.entering] : []))
  const atPlant = [drawn.get(undefined), ...fed].filter((stream) => stream !== undefined)
  const branches = new Map([...flows].map(([id, { arriving }]) => [id, arriving]))
  return { branches, plant: sumStreams(atPlant, supplyC.length) }
}

export function onPipes(drawn: ReadonlyMap<string | undefined, Stream>): ReadonlyMap<string, Stream> {
  return new Map(
    [...drawn].flatMap(([name, stream]) => (name === undefined ? [] : [[name, stream] as const])),
  )
}

/** The network's supply temperature in every slot, as the simulated operator sets it. */
export function supplySeries(outdoorC: Float64Array): Float64Array {
  return outdoorC.map(networkSupplyC)
}

/** The branch and all that feed it, from itself to the plant. */
export function upstream(
  pipes: readonly Pick<PipeTerms, 'id' | 'parent'>[],
  branch: string | undefined,
): string[] {
  const chain: string[] = []
  for (let at = branch; at !== undefined && !chain.includes(at); ) {
    chain.push(at)
    const here: string = at
    at = pipes.find(({ id }) => id === here)?.parent
  }
  return chain
}
