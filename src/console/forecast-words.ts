import type { HeatForecast } from './api-types.ts'
import { figure } from './figures.ts'

const DAY_HOURS = 24

/** What stands behind the band ahead, and what such bands were worth a day ahead. */
export function forecastWords({ basis, source, accuracy }: HeatForecast): string {
  const what =
    basis === 'as-planned' ? 'Heat through the meters as planned' : 'Heat through the meters on the curves'
  const band =
    source === 'learned'
      ? 'the band holds four hours in five of those that went before'
      : 'the band is a guess until four days of forecasts are measured'
  const dayAhead = accuracy.find(({ leadHours }) => leadHours === DAY_HOURS)
  if (!dayAhead) return `${what}; ${band}. None has been measured a day ahead yet.`
  const { maeKw, coverage80, width80Kw, scored } = dayAhead
  return (
    `${what}; ${band}. A day ahead, ${figure(scored)} were measured: ${figure(maeKw, digits(maeKw))} kW off on average, ` +
    `${figure(100 * coverage80)} % of hours within a band of ${figure(width80Kw, digits(width80Kw))} kW.`
  )
}

function digits(kw: number): number {
  return kw < 10 ? 1 : 0
}
