/** Instances of one compiled module, of which one that nobody uses is kept. */
export interface KeptInstance<M> {
  take(): M
  /** Who gives one back touches it no more. */
  giveBack(module: M): void
}

/** Memory that is new to the process costs more than planning in it, so the next plan gets the last one's. */
export function keepInstance<M>(compiled: WebAssembly.Module): KeptInstance<M> {
  let idle: M | undefined
  return {
    take() {
      const module = idle ?? (new WebAssembly.Instance(compiled).exports as M)
      idle = undefined
      return module
    },
    giveBack(module) {
      idle = module
    },
  }
}
