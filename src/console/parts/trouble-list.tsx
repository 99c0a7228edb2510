import type { BuildingSummary } from '../api-types.ts'
import { troubles } from '../trouble.ts'

interface TroubleListProps {
  readonly building: BuildingSummary
  readonly at: number
}

export function TroubleList({ building, at }: TroubleListProps) {
  const found = troubles(building, at)
  if (found.length === 0) return null
  return (
    <ul class="troubles">
      {found.map(({ severity, text }) => (
        <li key={text} data-severity={severity}>
          {text}
        </li>
      ))}
    </ul>
  )
}
