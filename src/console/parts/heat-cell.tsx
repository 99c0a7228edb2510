import type { BuildingSummary } from '../api-types.ts'
import { figure, percentAgainst, signedFigure } from '../figures.ts'

/** Heat now, what the curve would take, and the difference as a bar from the middle. */
export function HeatCell({ building: { heatKw, curveHeatKw } }: { readonly building: BuildingSummary }) {
  const percent = percentAgainst(heatKw, curveHeatKw)
  return (
    <span class="heat">
      <span class="figures">
        <b>{figure(heatKw, digits(heatKw))}</b> / {figure(curveHeatKw, digits(curveHeatKw))} kW
      </span>
      {percent !== null && <Difference percent={percent} />}
    </span>
  )
}

const FULL_PERCENT = 40

function Difference({ percent }: { readonly percent: number }) {
  const length = (50 * Math.min(Math.abs(percent), FULL_PERCENT)) / FULL_PERCENT
  const isSpared = percent < 0
  return (
    <span class="difference">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="rail" x="0" y="3.4" width="100" height="1.2" />
        <rect
          class={isSpared ? 'spared' : 'stored'}
          x={isSpared ? 50 - length : 50}
          y="1"
          width={length}
          height="6"
        />
        <rect class="middle" x="49.4" y="0" width="1.2" height="8" />
      </svg>
      <span>{signedFigure(percent)} %</span>
    </span>
  )
}

function digits(kw: number | null): number {
  return kw !== null && Math.abs(kw) < 100 ? 1 : 0
}
