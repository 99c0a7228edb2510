import type { AccuracyFigures } from '../forecast-accuracy.ts'
import type { ForecastErrorFigures } from '../forecast-errors.ts'
import { figure, percent, signed } from './figures.ts'
import { table } from './tables.ts'

/** What heat forecasts were worth, by how far ahead they looked. */
export function accuracyTable({ meanKw, leads }: AccuracyFigures): string {
  const rows = leads.map(({ leadHours, scored, maeKw, coverage80, width80Kw }) => [
    `${leadHours} h ahead`,
    figure(scored),
    `${figure(maeKw, 1)} <small>${percent((100 * maeKw) / meanKw)}</small>`,
    percent(100 * coverage80, 0),
    `${figure(width80Kw, 1)} <small>${percent((100 * width80Kw) / meanKw)}</small>`,
  ])
  return table(['', 'hours', 'mean miss, kW', 'within the 80 % band', 'its width, kW'], rows)
}

/** The same days under forecasts of every quality. */
export function forecastErrorsTable(levels: readonly ForecastErrorFigures[]): string {
  const rows = levels.map((level) => [
    level.error,
    figure(level.costEur, 2),
    percent(level.costPercent),
    `${signed(level.abovePerfectEur, 2)} <small>${percent(level.abovePerfectPercent, 2)}</small>`,
    figure(level.energyKwh),
    figure(level.underheatingKh, 1),
    figure(level.coldestZoneKh, 1),
    figure(level.overheatingKh, 1),
  ])
  const head = [
    'weather forecast error',
    'bill, EUR',
    'cost saved',
    'more than perfect, EUR',
    'energy, kWh',
    'too cold, Kh',
    'coldest zone, Kh',
    'too warm, Kh',
  ]
  return table(head, rows)
}
