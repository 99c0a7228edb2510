interface Named {
  readonly id: string
}

interface Described {
  readonly buildings: readonly { readonly branch?: string | undefined }[]
  readonly network?:
    | { readonly branches: readonly (Named & { readonly parent?: string | undefined })[] }
    | undefined
  readonly plant?:
    | {
        readonly units: readonly Named[]
        readonly stores: readonly (Named & { readonly branch?: string | undefined })[]
      }
    | undefined
  readonly emissions: { readonly capKgPerDay?: number | undefined }
}

interface TreeFault {
  readonly place: string
  readonly message: string
}

/** What is wrong with a network's tree, and with what stands on it. */
export function treeFaults({ buildings, network, plant, emissions }: Described): TreeFault[] {
  const branches = network?.branches ?? []
  const known = new Set(branches.map(({ id }) => id))
  const faults = [
    ...twins('network.branches', branches),
    ...twins('plant.units', plant?.units ?? []),
    ...twins('plant.stores', plant?.stores ?? []),
  ]
  const lost = (place: string, branch: string | undefined) => {
    if (branch === undefined || known.has(branch)) return
    faults.push({ place, message: `no branch "${branch}" in network.branches` })
  }
  for (const [i, { id, parent }] of branches.entries()) {
    lost(`network.branches.${i}.parent`, parent)
    if (isItsOwnParent(id, branches)) {
      faults.push({ place: `network.branches.${i}.parent`, message: `"${id}" feeds itself` })
    }
  }
  for (const [i, { branch }] of buildings.entries()) lost(`buildings.${i}.branch`, branch)
  for (const [i, { branch }] of (plant?.stores ?? []).entries()) lost(`plant.stores.${i}.branch`, branch)
  if (emissions.capKgPerDay !== undefined && !plant) {
    faults.push({ place: 'emissions.capKgPerDay', message: 'needs a `plant`, whose emissions it limits' })
  }
  return faults
}

function twins(place: string, things: readonly Named[]): TreeFault[] {
  return things.flatMap(({ id }, i) => {
    const first = things.findIndex((thing) => thing.id === id)
    return first < i ? [{ place: `${place}.${i}.id`, message: `"${id}" is also ${place}.${first}` }] : []
  })
}

function isItsOwnParent(id: string, branches: NonNullable<Described['network']>['branches']): boolean {
  let at = branches.find((branch) => branch.id === id)?.parent
  for (let steps = 0; at !== undefined && steps < branches.length; steps++) {
    if (at === id) return true
    at = branches.find((branch) => branch.id === at)?.parent
  }
  return false
}
