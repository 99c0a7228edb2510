import type { BuildingSummary } from '../api-types.ts'

export const STEERED_BY: Readonly<Record<BuildingSummary['steeredBy'], string>> = {
  lease: 'plan',
  hold: 'hold',
  curve: 'own curve',
  lost: 'lost',
}

export function SteeredChip({ building }: { readonly building: BuildingSummary }) {
  return (
    <span class="chip" data-by={building.steeredBy}>
      {STEERED_BY[building.steeredBy]}
    </span>
  )
}
