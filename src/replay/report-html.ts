import type { Provenance } from '../core/domain/series.ts'
import type { ExpectationResult } from './expect.ts'
import { escapeXml } from './junit.ts'
import { heatChart, roomsChart, worldChart } from './page/charts.ts'
import { figure, signed } from './page/figures.ts'
import { accuracyTable, forecastErrorsTable } from './page/forecast-tables.ts'
import { dayInWords } from './page/frame.ts'
import { key } from './page/key.ts'
import { networkCards } from './page/network-card.ts'
import { ordersCard } from './page/orders-card.ts'
import { productionCard } from './page/production-card.ts'
import type { ReplaySeries } from './page/replay-series.ts'
import { STYLE } from './page/style.ts'
import { buildingsTable, expectationsTable, runsTable, savingsTable } from './page/tables.ts'
import { verdict } from './page/verdict.ts'
import type { Comparison, Report } from './report.ts'
import { type SlotCalendar, slotCalendar } from './slot-calendar.ts'

export interface ReportPage {
  readonly report: Report
  readonly series: ReplaySeries
  readonly description: string | undefined
  readonly expectations: readonly ExpectationResult[]
}

/** One page that shows what a replay came to; it needs nothing but itself. */
export function encodeReportHtml(page: ReportPage): string {
  const { report } = page
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(report.name)} · heatflex replay</title>
<style>${STYLE}</style>
<main>
${[head(page), tiles(report), networkCards(report.network, page.series.branches ?? [], calendarOf(page)), orders(page), production(page), charts(page), savingsCards(report), forecastCards(report), expectations(page), details(report), origins(report)].join('\n')}
</main>
</html>
`
}

function head(page: ReportPage): string {
  const { report, description } = page
  const { tone, headline, sentences } = verdict(report)
  const badges = ['simulated buildings', ...madeUp(report)].map(
    (text) => `<span class="badge made">${text}</span>`,
  )
  const about = `${report.name} · ${figure(report.buildings.length)} buildings · ${datesInWords(page)} · seed ${report.seed}`
  return `<header><div class="eyebrow"><span>${escapeXml(about)}</span>${badges.join('')}</div></header>
<section class="card verdict ${tone}"><h1>${headline}</h1>
${sentences.map((text) => `<p>${text}</p>`).join('\n')}
${description ? `<p class="soft">${escapeXml(description)}</p>` : ''}</section>`
}

/** `1 Jan to 14 Jan 2024`, by the calendar of the place. */
function datesInWords({ report, series }: ReportPage): string {
  const { days } = calendarOf({ report, series })
  const [first = '', last = first] = [days[0], days.at(-1)]
  const until = first === last ? '' : ` to ${dayInWords(last)}`
  return `${dayInWords(first)}${until} ${last.slice(0, 4)}`
}

function madeUp({ provenance }: Report): string[] {
  const { prices, weather } = provenance
  const labels = []
  if (prices.kind === 'synthetic') labels.push('synthetic prices')
  if (weather.kind === 'synthetic') labels.push('synthetic weather')
  else if (weather.source.includes('synthetic')) labels.push('partly synthetic weather')
  return labels
}

/** One change, against the caretaker in large and against the curves as found beside it. */
function tile(name: string, big: string, gain: number | null, small: string): string {
  const tone = gain === null || Math.abs(gain) < 0.05 ? '' : gain > 0 ? ' gain' : ' loss'
  return `<div class="tile"><div class="name">${name}</div><div class="big${tone}">${big}</div><div class="than">${small}</div></div>`
}

function tiles({ savings }: Report): string {
  const whole = savings.tunedDown.wholePeriod
  const found = savings.asFound.wholePeriod
  const change = (name: string, of: (comparison: Comparison) => number | null) =>
    tile(name, changed(of(whole)), of(whole), `against tuned down; ${changed(of(found))} against as found`)
  const kh = (name: string, of: (comparison: Comparison) => number) =>
    tile(
      name,
      `${signed(of(whole), 1)} Kh`,
      -of(whole),
      `a room, against tuned down; ${signed(of(found), 1)} against as found`,
    )
  return `<section class="tiles">
${change('cost', ({ costPercent }) => costPercent)}
${change('energy', ({ energyPercent }) => energyPercent)}
${change('peak', ({ peakPercent }) => peakPercent)}
${kh('rooms too cold', ({ underheatingChangeKh }) => underheatingChangeKh)}
${kh('rooms too warm', ({ overheatingChangeKh }) => overheatingChangeKh)}
</section>`
}

/** What was saved, as the change that it is. */
function changed(savedPercent: number | null): string {
  return savedPercent === null ? '–' : `${signed(-savedPercent, 1)} %`
}

function calendarOf({ report, series }: Pick<ReportPage, 'report' | 'series'>): SlotCalendar {
  return slotCalendar(report.start, series.eurPerMwh.length, series.timeZone)
}

function production(page: ReportPage): string {
  const { production: series, eurPerMwh } = page.series
  const drawn = series && { series, eurPerMwh, calendar: calendarOf(page) }
  return productionCard(page.report.production, drawn)
}

function orders(page: ReportPage): string {
  const { heatKw, uncalledKw } = page.series
  if (!uncalledKw) return ''
  return ordersCard(page.report.orders, {
    calledKw: heatKw.controlled,
    uncalledKw,
    calendar: calendarOf(page),
  })
}

function charts({ report, series }: ReportPage): string {
  const calendar = calendarOf({ report, series })
  const dearestDay = calendar.days.indexOf(report.savings.dearestDay)
  const context = { series, calendar, dearestDay }
  const band = `${figure(series.band.minC)} to ${figure(series.band.maxC)} °C`
  const rooms = `${key('comfort', `the band, ${band}`, true)}${key('controlled', 'mean room')}${key('controlled', 'from the 10th to the 90th percentile', true, 0.26)}${key('soft', 'coldest and warmest room of all')}`
  return `<section class="card"><h2>What the days were like</h2>${worldChart(context)}</section>
<section class="card"><h2>Heat of the fleet</h2>
<div class="key">${key('controlled', 'controlled')}${key('tuned', 'tuned down by a perfect caretaker')}${key('found', 'as found')}${key('controlled', 'more heat than tuned down', true, 0.3)}${key('gain', 'less heat', true, 0.3)}</div>${heatChart(context)}</section>
<section class="card"><h2>Rooms under control</h2><div class="key">${rooms}</div>${roomsChart(context, 'controlled')}
<h2>The same rooms, tuned down</h2>${roomsChart(context, 'tunedDown')}</section>`
}

function savingsCards(report: Report): string {
  const note = `Kh are kelvin-hours a zone below or above the band, more (+) or fewer (−) than in the baseline. Heat left in the
structure at the end is counted at the mean price.`
  return `<section class="card"><h2>Saved against careful tuning, by kind of building</h2>
<p class="soft">${note}</p>${savingsTable(report, 'tunedDown')}</section>
<section class="card"><h2>Saved against the curves as found</h2>${savingsTable(report, 'asFound')}</section>`
}

function forecastCards({ forecastAccuracy, forecastErrors }: Report): string {
  const cards: string[] = []
  if (forecastErrors) {
    cards.push(`<h2>What uncertain weather costs</h2>
<p class="soft">The same fleet and days, controlled with weather forecasts of each quality; saved against careful tuning, heat left in the
structure counted.</p>${forecastErrorsTable(forecastErrors)}`)
  }
  if (forecastAccuracy) {
    cards.push(`<h2>Heat foreseen and heat drawn</h2>
<p class="soft">${escapeXml(forecastAccuracy.how)} All buildings together.</p>${accuracyTable(forecastAccuracy.fleet)}`)
  }
  return cards.map((card) => `<section class="card">${card}</section>`).join('\n')
}

function expectations({ expectations: results }: ReportPage): string {
  if (results.length === 0) return ''
  return `<section class="card"><h2>What this scenario expects</h2>${expectationsTable(results)}</section>`
}

function details(report: Report): string {
  return `<section class="card"><h2>All figures</h2>${runsTable(report)}</section>
<section class="card"><details><summary>Building by building</summary>
<p class="soft">Saved against the caretaker’s shift of each building’s own curve; * marks where no shift kept the band.</p>
${buildingsTable(report)}</details></section>`
}

function origins({ provenance, bound, savings }: Report): string {
  const items: [string, string][] = [
    ['buildings', provenance.fleet],
    ['prices', inWords(provenance.prices)],
    ['weather', inWords(provenance.weather)],
    ['forecasts', provenance.forecast],
    ['tariff', provenance.tariff],
    ['CO₂', provenance.co2],
    ['baselines', provenance.baselines],
    ['dearest day', `${dayInWords(savings.dearestDay)}, of all buildings together as found`],
  ]
  if (bound)
    items.push(['perfect foresight', `${bound.how}; its model is ${figure(bound.modelRmseC, 2)} °C off`])
  for (const note of provenance.notes) items.push(['note', note])
  const list = items.map(([name, text]) => `<dt>${name}</dt><dd>${escapeXml(text)}</dd>`).join('')
  return `<section class="card"><h2>Where this comes from</h2><dl>${list}</dl></section>`
}

function inWords({ source, kind, standsInFor }: Provenance): string {
  return `${source} (${kind})${standsInFor ? `, standing in for ${standsInFor}` : ''}`
}
