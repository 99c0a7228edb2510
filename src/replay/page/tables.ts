import { BUILDING_KINDS } from '../../core/domain/building.ts'
import type { ExpectationResult } from '../expect.ts'
import { escapeXml } from '../junit.ts'
import type { BaselineName, PeriodComparison, Report, RunFigures } from '../report.ts'
import { figure, kindInWords, percent, signed } from './figures.ts'
import { dayInWords } from './frame.ts'

type Cell = string

/** A table whose first column names and whose others are numbers. */
export function table(head: readonly Cell[], rows: readonly (readonly Cell[])[], className = ''): string {
  const cells = (row: readonly Cell[], tag: string) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')
  const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')
  return `<div class="wide"><table class="${className}"><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${body}</tbody></table></div>`
}

/** What was saved against one baseline, at what discomfort, by kind of building. */
export function savingsTable(report: Report, baseline: BaselineName): string {
  const against = report.savings[baseline]
  const kinds = BUILDING_KINDS.flatMap((kind) => {
    const part = against.byKind[kind]
    return part ? [savingsRow(`${kindInWords(kind)} <small>× ${part.buildings}</small>`, part)] : []
  })
  const all = savingsRow(`<b>all</b> <small>× ${report.buildings.length}</small>`, against)
  const without = dayInWords(report.savings.dearestDay)
  const head = [
    '',
    'cost saved',
    `without ${without}`,
    'energy saved',
    'peak cut',
    'colder, Kh',
    'coldest room, Kh',
    'warmer, Kh',
  ]
  return table(head, [...kinds, all], 'savings')
}

function savingsRow(name: string, { wholePeriod, withoutDearestDay }: PeriodComparison): Cell[] {
  return [
    name,
    judged(wholePeriod.costPercent, percent(wholePeriod.costPercent), 0.05),
    judged(withoutDearestDay.costPercent, percent(withoutDearestDay.costPercent), 0.05),
    percent(wholePeriod.energyPercent),
    percent(wholePeriod.peakPercent),
    judged(-wholePeriod.underheatingChangeKh, signed(wholePeriod.underheatingChangeKh, 1), 0.5),
    judged(-wholePeriod.coldestZoneChangeKh, signed(wholePeriod.coldestZoneChangeKh, 1), 0.5),
    judged(-wholePeriod.overheatingChangeKh, signed(wholePeriod.overheatingChangeKh, 1), 0.5),
  ]
}

/** Gains and losses in colour, beside the sign that says the same. */
function judged(gain: number | null, text: string, matters: number): Cell {
  if (gain === null || Math.abs(gain) < matters) return text
  return `<span class="${gain > 0 ? 'gain' : 'loss'}">${text}</span>`
}

const ROWS: readonly { name: string; of: (run: RunFigures) => string }[] = [
  { name: 'bill, EUR', of: (run) => figure(run.costEur) },
  { name: 'energy, kWh', of: (run) => figure(run.energyKwh) },
  { name: '· space heat, kWh', of: (run) => figure(run.spaceHeatKwh) },
  { name: '· hot water, kWh', of: (run) => figure(run.dhwKwh) },
  { name: 'heat left in the structure, kWh', of: (run) => signed(run.storedHeatKwh) },
  { name: 'CO₂, kg', of: (run) => figure(run.co2Kg) },
  { name: 'peak, quarter-hour, kW', of: (run) => figure(run.peakKw) },
  { name: 'peak, hour, kW', of: (run) => figure(run.peakHourKw) },
  { name: 'peak, mean of a day, kW', of: (run) => figure(run.peakDailyMeanKw) },
  { name: 'too cold, Kh a zone', of: (run) => figure(run.underheatingKh, 1) },
  { name: '· the coldest zone, Kh', of: (run) => figure(run.coldestZoneKh, 1) },
  { name: '· the 10th percentile, Kh', of: (run) => figure(run.p10ZoneKh, 1) },
  { name: 'too warm, Kh a zone', of: (run) => figure(run.overheatingKh, 1) },
  { name: 'coldest room ever, °C', of: (run) => figure(run.minIndoorC, 1) },
  { name: 'mean room, °C', of: (run) => figure(run.meanIndoorC, 2) },
  { name: 'primary return, °C', of: (run) => figure(run.primaryReturnC, 1) },
  { name: 'persistent writes a building and day', of: (run) => figure(run.writesPerDay, 1) },
]

/** All figures of the three runs side by side. */
export function runsTable({ runs }: Report): string {
  const rows = ROWS.map(({ name, of }) => [name, of(runs.asFound), of(runs.tunedDown), of(runs.controlled)])
  return table(['', 'as found', 'tuned down', 'controlled'], rows, 'runs')
}

/** Each building with its caretaker's shift and what control made of it. */
export function buildingsTable({ buildings }: Report): string {
  const rows = buildings.map(
    ({ id, kind, floorAreaM2, tunedDownShiftK, tunedDownKeepsBand, runs, savings }) => {
      const { wholePeriod } = savings.tunedDown
      return [
        `${escapeXml(id)} <small>${kindInWords(kind)}</small>`,
        figure(floorAreaM2),
        `${signed(tunedDownShiftK, 1)}${tunedDownKeepsBand ? '' : ' *'}`,
        percent(wholePeriod.costPercent),
        percent(savings.asFound.wholePeriod.costPercent),
        percent(wholePeriod.energyPercent),
        signed(wholePeriod.underheatingChangeKh, 1),
        signed(wholePeriod.overheatingChangeKh, 1),
        `${figure(runs.controlled.minIndoorC, 1)} <small>${figure(runs.tunedDown.minIndoorC, 1)}</small>`,
      ]
    },
  )
  const head = [
    '',
    'm²',
    'caretaker’s shift, K',
    'cost saved',
    'of as found',
    'energy saved',
    'colder, Kh',
    'warmer, Kh',
    'coldest ever, °C',
  ]
  return table(head, rows, 'buildings')
}

/** Thresholds of the scenario and what became of them. */
export function expectationsTable(results: readonly ExpectationResult[]): string {
  const rows = results.map(({ field, expected, actual, isMet }) => [
    `<code>${escapeXml(field)}</code>`,
    escapeXml(expected),
    escapeXml(typeof actual === 'number' ? figure(actual, 2) : String(actual ?? 'not in the report')),
    isMet ? '<span class="gain">✓ met</span>' : '<span class="loss">✗ broken</span>',
  ])
  return table(['', 'expected', 'was', ''], rows, 'expectations')
}
