import { type PipeSpec, type PipeTerms, sizePipes } from '../../../simulators/pipes.ts'
import type { Instant } from '../../core/domain/instant.ts'
import { SLOT_MS } from '../../core/domain/instant.ts'
import type { WeatherSeries } from '../../core/domain/series.ts'
import type { BuildingRun } from '../accumulate.ts'
import {
  drawnByBranch,
  type NetworkStreams,
  networkStreams,
  onPipes,
  type Placed,
  supplySeries,
} from './branch-streams.ts'

/** A branch as the controller is told of it. */
export interface ToldBranch extends PipeTerms {
  readonly capKw?: number | undefined
}

/** The pipes as they are, and what truly flows in them in any life. */
export interface NetworkTruth {
  readonly placed: readonly Placed[]
  readonly branches: readonly ToldBranch[]
  readonly asFound: NetworkStreams
  streams(runs: readonly BuildingRun[]): NetworkStreams
}

export interface NetworkGround {
  readonly branches: readonly ToldBranch[]
  readonly placed: readonly Placed[]
  /** Standing caps as shares of the largest quarter-hour as found, by branch. */
  readonly capShares: Readonly<Record<string, number>>
  readonly start: Instant
  readonly weather: Pick<WeatherSeries, 'start' | 'outdoorC'>
}

/** The network sized by what the buildings draw as found, with its caps in kilowatts. */
export function networkTruth(ground: NetworkGround, asFoundRuns: readonly BuildingRun[]): NetworkTruth {
  const { placed, branches } = ground
  const drawn = drawnByBranch(asFoundRuns, placed)
  const supplyC = supplySeries(outdoorOf(ground, asFoundRuns[0]?.trace.heatKw.length ?? 0))
  const pipes: readonly PipeSpec[] = sizePipes(branches, onPipes(drawn), supplyC)
  const asFound = networkStreams(pipes, drawn, supplyC)
  return {
    placed,
    branches: branches.map((branch) => capped(branch, ground.capShares[branch.id], asFound)),
    asFound,
    streams: (runs) => networkStreams(pipes, drawnByBranch(runs, placed), supplyC),
  }
}

function capped(branch: ToldBranch, share: number | undefined, asFound: NetworkStreams): ToldBranch {
  const stream = asFound.branches.get(branch.id)
  if (share === undefined || !stream) return branch
  // An operator's limit is a round number.
  return { ...branch, capKw: Math.round(share * stream.heatKw.reduce((most, kw) => Math.max(most, kw), 0)) }
}

function outdoorOf({ start, weather }: NetworkGround, slots: number): Float64Array {
  const first = (start - weather.start) / SLOT_MS
  return weather.outdoorC.slice(first, first + slots)
}
