import { escapeXml } from '../junit.ts'
import type {
  ProductionFigures,
  ProductionReport,
  ProductionSeries,
} from '../production/production-report.ts'
import type { RunName } from '../report.ts'
import type { SlotCalendar } from '../slot-calendar.ts'
import { ends, svg } from './charts.ts'
import { figure, signed } from './figures.ts'
import { createFrame, dayAxis, valueAxis } from './frame.ts'
import { key } from './key.ts'
import { between, line } from './marks.ts'
import { table } from './tables.ts'

/** What heat cost to make beside what owners paid for it: a picture, a table, and who gained. */
export function productionCard(
  report: ProductionReport | undefined,
  drawn: ProductionDrawn | undefined,
): string {
  if (!report || !drawn) return ''
  const notes = report.notes.map((note) => `<p class="soft">${escapeXml(note)}</p>`).join('\n')
  return `<section class="card"><h2>What the heat cost to make, and what it was paid with</h2>
<p class="soft">${escapeXml(report.how)}</p>
<div class="key">${key('price', 'electricity')}${key('controlled', 'margin of heat, controlled')}${key('found', 'margin of heat, as found')}${key('tuned', 'tariff')}</div>
${pricesChart(drawn)}${drawn.series.units.length > 0 ? unitsChart(drawn) : ''}
${productionTable(report)}
<p>${gainsInWords(report)}</p>
${notes}</section>`
}

export interface ProductionDrawn {
  readonly series: ProductionSeries
  readonly eurPerMwh: Float64Array
  readonly calendar: SlotCalendar
}

/** Spikes beyond this leave the picture: what matters is who lies above whom. */
const MOST_SHOWN = 2.5

function pricesChart({ series, eurPerMwh, calendar }: ProductionDrawn): string {
  const { marginalEurPerMwh, tariffEurPerMwh } = series
  const heat = [marginalEurPerMwh.asFound, marginalEurPerMwh.controlled, tariffEurPerMwh]
  const all = heat.map((values) => ends(values, 0))
  const most = Math.max(...all.map((end) => end.most))
  const least = Math.min(...all.map((end) => end.least))
  const shown = MOST_SHOWN * Math.max(most, -least, 1)
  const spot = eurPerMwh.map((eur) => Math.max(-shown, Math.min(shown, eur)))
  const both = ends(spot, least, most)
  const frame = createFrame({ top: 26, height: 190, slots: calendar.slots, ...both })
  const isCut = eurPerMwh.some((eur) => Math.abs(eur) > shown)
  return svg(250, 'Price of electricity, margin of heat and tariff', [
    dayAxis(frame, calendar, true),
    valueAxis(frame, `EUR/MWh${isCut ? `; electricity beyond ±${figure(shown)} cut off` : ''}`),
    line(frame, spot, 'spot'),
    line(frame, marginalEurPerMwh.asFound, 'as-found'),
    line(frame, tariffEurPerMwh, 'tuned-down'),
    line(frame, marginalEurPerMwh.controlled, 'controlled'),
  ])
}

/** Units on top of each other, in the plant's order. */
function unitsChart({ series, calendar }: ProductionDrawn): string {
  const levels = stacked(series.units.map(({ heatKw }) => heatKw.map((kw) => kw / 1000)))
  const most = ends(levels.at(-1) ?? new Float64Array(), 0).most
  const frame = createFrame({ top: 26, height: 170, slots: calendar.slots, least: 0, most })
  const areas = series.units.map((_, i) =>
    between(frame, levels[i]!, levels[i + 1]!, `unit-${i % UNIT_COLOURS}`),
  )
  const names = series.units.map(({ unit }, i) => key(`unit-${i % UNIT_COLOURS}`, escapeXml(unit), true))
  const picture = svg(230, 'Heat by unit under control', [
    dayAxis(frame, calendar, true),
    valueAxis(frame, 'heat of the plant, MW'),
    ...areas,
  ])
  return `<div class="key">${names.join('')}</div>${picture}`
}

const UNIT_COLOURS = 8

function stacked(parts: readonly Float64Array[]): Float64Array[] {
  const levels = [new Float64Array(parts[0]?.length ?? 0)]
  for (const part of parts) {
    const below = levels.at(-1)!
    levels.push(part.map((kw, k) => kw + below[k]!))
  }
  return levels
}

const ROWS: readonly { name: string; of: (run: ProductionFigures) => string }[] = [
  { name: 'production of all heat, EUR', of: (run) => figure(run.costEur) },
  { name: '· of which the fleet caused, EUR', of: (run) => figure(run.fleetCostEur) },
  { name: 'owners’ bills, EUR', of: (run) => figure(run.billsEur) },
  { name: 'margin, mean of the period, EUR/MWh', of: (run) => figure(run.marginalEurPerMwh, 1) },
  { name: 'margin where the fleet took heat, EUR/MWh', of: (run) => figure(run.fleetMarginalEurPerMwh, 1) },
  { name: 'tariff where the fleet took heat, EUR/MWh', of: (run) => figure(run.tariffEurPerMwh, 1) },
  { name: 'heat of the network, MWh', of: (run) => figure(run.heatKwh / 1000, 1) },
  { name: '· of the fleet, MWh', of: (run) => figure(run.fleetHeatKwh / 1000, 1) },
  { name: 'CO₂ of production, t', of: (run) => figure(run.co2Kg / 1000, 1) },
  { name: 'not served, MWh', of: (run) => figure(run.unservedKwh / 1000, 2) },
]

function productionTable({ runs }: ProductionReport): string {
  const names: readonly RunName[] = ['asFound', 'tunedDown', 'controlled']
  const each = (of: (run: ProductionFigures) => string) => names.map((name) => of(runs[name]))
  const units = Object.keys(runs.controlled.units)
  const rows = [
    ...ROWS.map(({ name, of }) => [name, ...each(of)]),
    ...units.flatMap((unit) => [
      [`${escapeXml(unit)}, MWh`, ...each((run) => figure((run.units[unit]?.heatKwh ?? 0) / 1000, 1))],
      [
        '· starts, hours under its least load',
        ...each(
          (run) => `${run.units[unit]?.starts ?? 0}, ${figure(run.units[unit]?.notRunnableHours ?? 0, 1)}`,
        ),
      ],
    ]),
  ]
  return table(['', 'as found', 'tuned down', 'controlled'], rows, 'runs')
}

const GAINERS = {
  both: 'both gain',
  utility: 'the utility gains, the owners do not',
  owner: 'the owners gain, the utility does not',
  nobody: 'nobody gains',
} as const

function gainsInWords({ gains }: ProductionReport): string {
  const { togetherEur, utilityEur, ownerEur, gainer } = gains.tunedDown
  return (
    `Against careful tuning, heat left in the structure counted, control changed the cost of production by ${signed(-togetherEur)} EUR` +
    ` and the owners’ bills by ${signed(-ownerEur)} EUR, which leaves the utility ${signed(utilityEur)} EUR: ${GAINERS[gainer]}.`
  )
}
