import type { BuildingQpResult } from '../building-qp.ts'
import type { BuildingKernel, KernelSettings } from '../kernel/building-kernel.ts'
import { notFinite } from '../solve-building-qp.ts'
import type { FleetMember } from './fleet-qp.ts'
import { isPlannable } from './plannable.ts'

/** Members that nothing ties together, each for itself; one that cannot be planned gets zeros. */
export function solveAlone(
  members: readonly FleetMember[],
  kernel: BuildingKernel,
  settings: KernelSettings,
  earlier?: readonly (Float64Array | undefined)[],
): BuildingQpResult[] {
  const isAble = members.map(({ qp }) => isPlannable(qp))
  const tasks = members.flatMap(({ qp }, i) => {
    const warmStart = earlier?.[i]
    return isAble[i] ? [warmStart ? { qp, warmStart } : { qp }] : []
  })
  const solved = kernel.solve(tasks, settings).values()
  return members.map(({ qp }, i) => (isAble[i] ? solved.next().value : undefined) ?? notFinite(qp.n))
}
