/** The network's branches as places in a tree. */
export interface NetworkPlaces {
  readonly branches: ReadonlySet<string>
  /** Whether heat on its way to `branch` passes through `above`; everything is under the plant. */
  isUnder(branch: string | undefined, above: string | undefined): boolean
}

export function networkPlaces(
  branches: readonly { readonly id: string; readonly parent?: string | undefined }[],
): NetworkPlaces {
  const parentOf = new Map(branches.map(({ id, parent }) => [id, parent]))
  return {
    branches: new Set(parentOf.keys()),
    isUnder(branch, above) {
      if (above === undefined) return true
      // A configuration's tree has no cycle; this one ends in any case.
      let place = branch
      for (let depth = 0; place !== undefined && depth <= parentOf.size; depth++) {
        if (place === above) return true
        place = parentOf.get(place)
      }
      return false
    },
  }
}
