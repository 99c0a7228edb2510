import type { HeatForecast } from '../api-types.ts'
import { forecastWords } from '../forecast-words.ts'
import { clockTime } from '../local-time.ts'

/** What the band ahead is worth, beside the band. */
export function ForecastNote({ heat }: { readonly heat: HeatForecast }) {
  return (
    <p class="forecast-note">
      {forecastWords(heat)} <small>made {clockTime(heat.issuedAt)}</small>
    </p>
  )
}
