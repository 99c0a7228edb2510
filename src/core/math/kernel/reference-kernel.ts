import { solveBuildingQp } from '../solve-building-qp.ts'
import { createWorkspace } from '../workspace.ts'
import type { BuildingKernel } from './building-kernel.ts'

const STEPS = 192

/** The reference in the kernel's place. */
export function createReferenceKernel(): BuildingKernel {
  const workspace = createWorkspace(STEPS)
  return {
    solve: (tasks, settings) =>
      tasks.map(({ qp, warmStart }) =>
        solveBuildingQp(qp, workspace, { ...settings, ...(warmStart && { warmStart }) }),
      ),
  }
}
