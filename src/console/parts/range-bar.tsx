interface RangeBarProps {
  readonly coldestC: number
  readonly meanC: number | null
  readonly warmestC: number
  readonly comfort: { readonly minC: number; readonly maxC: number }
}

const FROM_C = 17
const TO_C = 26

/** Coldest to warmest room against the band, on one scale for every building. */
export function RangeBar({ coldestC, meanC, warmestC, comfort }: RangeBarProps) {
  const [from, to] = [place(coldestC), place(warmestC)]
  const [low, high] = [place(comfort.minC), place(comfort.maxC)]
  return (
    <svg class="range-bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect class="band" x={low} y="0" width={high - low} height="14" />
      <rect class="span" x={from} y="5" width={Math.max(1, to - from)} height="4" />
      {from < low && <rect class="cold" x={from} y="5" width={Math.min(low, to) - from} height="4" />}
      {to > high && (
        <rect class="warm" x={Math.max(high, from)} y="5" width={to - Math.max(high, from)} height="4" />
      )}
      {meanC !== null && <rect class="mean" x={place(meanC) - 0.7} y="2" width="1.4" height="10" />}
    </svg>
  )
}

function place(celsius: number): number {
  return (100 * (Math.min(TO_C, Math.max(FROM_C, celsius)) - FROM_C)) / (TO_C - FROM_C)
}
