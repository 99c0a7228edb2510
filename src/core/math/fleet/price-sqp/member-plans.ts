/** What is kept of each member between sweeps. */
export interface MemberPlans {
  /** Heat, kW a step; undefined where there is none yet. */
  heat(i: number): Float64Array | undefined
  /** What its inequalities are measured against, EUR; 0 where none was chosen yet. */
  readonly scaleEur: Float64Array
  /** Certified gap of the last sweep, as a share of the bill at that sweep's prices. */
  readonly gap: Float64Array
  keep(i: number, plan: Float64Array): void
  forget(): void
}

/** Room for `count` members, with earlier plans where they are numbers. */
export function createMemberPlans(
  count: number,
  n: number,
  earlier?: readonly (Float64Array | undefined)[],
): MemberPlans {
  const all = new Float64Array(count * n)
  const known = new Uint8Array(count)
  const plans: MemberPlans = {
    ...{ scaleEur: new Float64Array(count), gap: new Float64Array(count) },
    heat: (i) => (known[i] === 1 ? all.subarray(i * n, (i + 1) * n) : undefined),
    forget() {
      known.fill(0)
      plans.scaleEur.fill(0)
    },
    keep(i, plan) {
      known[i] = 1
      for (let k = 0; k < n; k++) all[i * n + k] = plan[Math.min(k, plan.length - 1)]
    },
  }
  earlier?.forEach((plan, i) => {
    if (plan?.length && plan.every(Number.isFinite)) plans.keep(i, plan)
  })
  return plans
}
