import type { BuildingSummary } from '../api-types.ts'
import { figure } from '../figures.ts'
import { RangeBar } from './range-bar.tsx'

/** Coldest, mean and warmest room; faded where they are only the last that were heard of. */
export function RoomsCell({ building }: { readonly building: BuildingSummary }) {
  const { coldestC, meanC, warmestC, comfort } = building
  if (coldestC === null || warmestC === null) {
    return <span class="unknown">{building.steeredBy === 'lost' ? 'not known' : 'no room sensor'}</span>
  }
  return (
    <span class="rooms" data-old={building.steeredBy === 'lost'}>
      <RangeBar coldestC={coldestC} meanC={meanC} warmestC={warmestC} comfort={comfort} />
      <span class="figures">
        <span class="unseen">coldest </span>
        <b data-out={coldestC < comfort.minC}>{figure(coldestC, 1)}</b>
        <span class="unseen"> mean </span>
        <span>{figure(meanC, 1)}</span>
        <span class="unseen"> warmest </span>
        <b data-out={warmestC > comfort.maxC + 1}>{figure(warmestC, 1)}</b>
      </span>
    </span>
  )
}
