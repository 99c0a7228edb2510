import { readFileSync } from 'node:fs'
import { createPlainDense, type Dense } from '../../core/math/fleet/dense.ts'
import type { FleetModule } from '../../core/math/fleet/fleet-module.ts'
import type { Network } from '../../core/math/fleet/gates.ts'
import { createKernelDense, type DenseModule } from '../../core/math/fleet/kernel-dense.ts'
import { createKernelMembers } from '../../core/math/fleet/kernel-members.ts'
import { createLocalMembers } from '../../core/math/fleet/local-members.ts'
import { createKernelSweeps, type KernelSweeps } from '../../core/math/fleet/price-sqp/kernel-sweeps.ts'
import type { PackedMembers } from '../../core/math/fleet/price-sqp/packed-members.ts'
import { type BuildingKernel, createBuildingKernel } from '../../core/math/kernel/building-kernel.ts'
import type { BuildingModule, BuildingModules } from '../../core/math/kernel/building-module.ts'
import { createReferenceKernel } from '../../core/math/kernel/reference-kernel.ts'
import { keepInstance } from './kept-instance.ts'

const BUILT = new URL('../../../dist/src/kernel/', import.meta.url)

/**
 * A building solver of one thread's own. Throws where the WebAssembly has not been built; a processor without the
 * vector instructions it needs gets the reference.
 */
export function loadBuildingKernel(): BuildingKernel {
  const modules = loadBuildingModules()
  return modules ? createBuildingKernel(modules) : createReferenceKernel()
}

/** Undefined where the processor cannot run them. */
export function loadBuildingModules(): BuildingModules | undefined {
  const plain = readFileSync(kernelFile('building'))
  if (!WebAssembly.validate(plain)) return undefined
  const instantiate = (bytes: Uint8Array) =>
    new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as BuildingModule
  return { plain: instantiate(plain), full: instantiate(readFileSync(kernelFile('building-full'))) }
}

/** What keeps a fleet's buildings in this thread: compiled, or the reference as above. */
export function loadFleetMembers(): typeof createLocalMembers {
  const bytes = readFileSync(kernelFile('fleet'))
  if (!WebAssembly.validate(bytes)) return createLocalMembers
  const plain = keepInstance<FleetModule>(new WebAssembly.Module(bytes))
  const full = keepInstance<FleetModule>(new WebAssembly.Module(readFileSync(kernelFile('fleet-full'))))
  const kernel = loadBuildingKernel()
  return (members, network, earlier) => {
    const instances = members.some(({ qp }) => qp.emitter ?? qp.peak) ? full : plain
    const module = instances.take()
    const rounds = createKernelMembers(module, members, network, kernel, earlier)
    return {
      ...rounds,
      async finish() {
        const results = await rounds.finish()
        instances.giveBack(module)
        return results
      },
    }
  }
}

/** What sweeps a city's buildings in this thread; undefined where the processor cannot run it. */
export function loadFleetSweeps() {
  const bytes = readFileSync(kernelFile('fleet'))
  if (!WebAssembly.validate(bytes)) return undefined
  const plain = keepInstance<FleetModule>(new WebAssembly.Module(bytes))
  const full = keepInstance<FleetModule>(new WebAssembly.Module(readFileSync(kernelFile('fleet-full'))))
  const kernel = loadBuildingKernel()
  return (
    members: PackedMembers,
    network: Network,
    earlier?: readonly (Float64Array | undefined)[],
  ): KernelSweeps => {
    const instances = members.isFull ? full : plain
    const module = instances.take()
    const sweeps = createKernelSweeps(module, members, network, kernel, earlier)
    return {
      ...sweeps,
      async finish() {
        const results = await sweeps.finish()
        instances.giveBack(module)
        return results
      },
    }
  }
}

/** Dense elimination, compiled or plain as above. */
export function loadDense(): (count: number) => Dense {
  const bytes = readFileSync(kernelFile('dense'))
  if (!WebAssembly.validate(bytes)) return createPlainDense
  const instances = keepInstance<DenseModule>(new WebAssembly.Module(bytes))
  return (count) => {
    const module = instances.take()
    return { ...createKernelDense(module, count), release: () => instances.giveBack(module) }
  }
}

/** Beside the built code, or where that is for code that runs from its sources. */
function kernelFile(name: string): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(`${name}.wasm`, BUILT)
  return new URL(`../../kernel/${name}.wasm`, import.meta.url)
}
