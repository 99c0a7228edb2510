import { SLOT_HOURS } from '../src/core/domain/instant.ts'
import { KW_PER_M3H_K } from './network.ts'

/** A pipe as its operator describes it: what it loses of the heat that arrives, and how long water takes in it. */
export interface PipeTerms {
  readonly id: string
  /** The pipe that feeds it; the plant where left out. */
  readonly parent?: string | undefined
  readonly lossRatio: number
  readonly delayMinutes: number
}

/** A pipe as it is: what it loses follows temperatures, how long water takes in it follows the flow. */
export interface PipeSpec {
  readonly id: string
  readonly parent: string | undefined
  /** Supply and return pipe together, for each kelvin between the water and the ground. */
  readonly lossKwPerK: number
  /** Of the return pipe. */
  readonly volumeM3: number
}

/** District-heating water at one place, as means of quarter-hours. */
export interface Stream {
  readonly heatKw: Float64Array
  readonly flowM3h: Float64Array
  /** Flow times return temperature. */
  readonly flowReturn: Float64Array
}

/** Around buried pipes in winter. */
const GROUND_C = 4

/** Pipes that lose and delay in the mean, as found, what their operator says of them. */
export function sizePipes(
  terms: readonly PipeTerms[],
  drawn: ReadonlyMap<string, Stream>,
  supplyC: Float64Array,
): readonly PipeSpec[] {
  const sized: PipeSpec[] = []
  const entering = new Map<string, Stream>()
  for (const pipe of leavesFirst(terms)) {
    const leaving = leavingStream(pipe.id, sized, drawn, entering, supplyC.length)
    const spec = sizePipe(pipe, leaving, supplyC)
    sized.push(spec)
    entering.set(pipe.id, throughPipe(spec, leaving, supplyC))
  }
  return sized
}

function sizePipe(terms: PipeTerms, leaving: Stream, supplyC: Float64Array): PipeSpec {
  const heatKw = mean(leaving.heatKw)
  const flowM3h = mean(leaving.flowM3h)
  const returnC = flowM3h > 0 ? mean(leaving.flowReturn) / flowM3h : GROUND_C
  const aboveGroundK = (mean(supplyC) + returnC) / 2 - GROUND_C
  return {
    id: terms.id,
    parent: terms.parent,
    lossKwPerK: aboveGroundK > 0 ? (terms.lossRatio * heatKw) / aboveGroundK : 0,
    volumeM3: (flowM3h * terms.delayMinutes) / 60,
  }
}

/** One pipe's two ends. */
export interface PipeFlow {
  /** What it takes from its parent. */
  readonly entering: Stream
  /** What of it arrives: the heat of the branch. */
  readonly arriving: Stream
}

/** What flows through each pipe, from what the consumers behind it draw. */
export function flowsThrough(
  pipes: readonly PipeSpec[],
  drawn: ReadonlyMap<string, Stream>,
  supplyC: Float64Array,
): ReadonlyMap<string, PipeFlow> {
  const entering = new Map<string, Stream>()
  const flows = new Map<string, PipeFlow>()
  for (const pipe of leavesFirst(pipes)) {
    const arriving = leavingStream(pipe.id, pipes, drawn, entering, supplyC.length)
    const taken = throughPipe(pipe, arriving, supplyC)
    entering.set(pipe.id, taken)
    flows.set(pipe.id, { entering: taken, arriving })
  }
  return flows
}

function leavingStream(
  id: string,
  pipes: readonly PipeSpec[],
  drawn: ReadonlyMap<string, Stream>,
  entering: ReadonlyMap<string, Stream>,
  slots: number,
): Stream {
  const fed = pipes.flatMap((pipe) => (pipe.parent === id ? [entering.get(pipe.id)] : []))
  return sumStreams(
    [drawn.get(id), ...fed].filter((stream) => stream !== undefined),
    slots,
  )
}

/**
 * Water does not give way: a valve that closes anywhere is felt at the inlet at once, and the return that it cools
 * or warms comes after it with the water. The supply is taken to arrive as warm as the network's curve says.
 */
function throughPipe(pipe: PipeSpec, leaving: Stream, supplyC: Float64Array): Stream {
  const arrives = delayedReturn(leaving, pipe.volumeM3)
  const slots = supplyC.length
  const heatKw = new Float64Array(slots)
  const flowReturn = new Float64Array(slots)
  for (let k = 0; k < slots; k++) {
    const flow = leaving.flowM3h[k]!
    const returnC = flow > 0 ? arrives[k]! / flow : GROUND_C
    const half = pipe.lossKwPerK / 2
    const returnLossKw = half * (returnC - GROUND_C)
    const storedKw = KW_PER_M3H_K * (leaving.flowReturn[k]! - arrives[k]!)
    heatKw[k] = leaving.heatKw[k]! + half * (supplyC[k]! - GROUND_C) + returnLossKw + storedKw
    flowReturn[k] = arrives[k]! - returnLossKw / KW_PER_M3H_K
  }
  return { heatKw, flowM3h: leaving.flowM3h, flowReturn }
}

/** Flow times return temperature after a pipe of plug flow: what comes out went in one volume earlier. */
function delayedReturn({ flowM3h, flowReturn }: Stream, volumeM3: number): Float64Array {
  const slots = flowM3h.length
  const passed = new Float64Array(slots + 1)
  const carried = new Float64Array(slots + 1)
  for (let k = 0; k < slots; k++) {
    passed[k + 1] = passed[k]! + flowM3h[k]! * SLOT_HOURS
    carried[k + 1] = carried[k]! + flowReturn[k]! * SLOT_HOURS
  }
  let j = 0
  const carriedAt = (volume: number): number => {
    while (j + 1 < slots && passed[j + 1]! < volume) j++
    const width = passed[j + 1]! - passed[j]!
    // Before the first slot the pipe was full of that slot's water.
    return width > 0
      ? carried[j]! + ((volume - passed[j]!) / width) * (carried[j + 1]! - carried[j]!)
      : carried[j]!
  }
  const out = new Float64Array(slots)
  let before = carriedAt(-volumeM3)
  for (let k = 0; k < slots; k++) {
    const after = carriedAt(passed[k + 1]! - volumeM3)
    out[k] = (after - before) / SLOT_HOURS
    before = after
  }
  return out
}

/** Streams that join. */
export function sumStreams(streams: readonly Stream[], slots: number): Stream {
  const sum = { heatKw: zeros(slots), flowM3h: zeros(slots), flowReturn: zeros(slots) }
  for (const stream of streams) {
    for (let k = 0; k < slots; k++) {
      sum.heatKw[k]! += stream.heatKw[k]!
      sum.flowM3h[k]! += stream.flowM3h[k]!
      sum.flowReturn[k]! += stream.flowReturn[k]!
    }
  }
  return sum
}

function zeros(slots: number): Float64Array {
  return new Float64Array(slots)
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** In such an order that every pipe comes after those it feeds. */
function leavesFirst<P extends { readonly id: string; readonly parent?: string | undefined }>(
  pipes: readonly P[],
): P[] {
  const byId = new Map(pipes.map((pipe) => [pipe.id, pipe]))
  const depth = (pipe: P): number => {
    const parent = pipe.parent === undefined ? undefined : byId.get(pipe.parent)
    return parent ? 1 + depth(parent) : 0
  }
  return pipes.toSorted((a, b) => depth(b) - depth(a))
}
