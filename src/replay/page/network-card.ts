import { escapeXml } from '../junit.ts'
import type { LifeName } from '../lives.ts'
import type { BranchSeries } from '../network/branch-series.ts'
import type { BranchLife, BranchReport, NetworkReport } from '../network/network-report.ts'
import type { SlotCalendar } from '../slot-calendar.ts'
import { branchChart } from './branch-chart.ts'
import { figure, percent, signed } from './figures.ts'
import { key } from './key.ts'
import { table } from './tables.ts'

const LIFE_WORDS: Readonly<Record<LifeName, string>> = {
  asFound: 'as found',
  tunedDown: 'tuned down',
  controlled: 'controlled',
  equalCut: 'all cut alike',
  uncoordinated: 'planned one by one',
  uncalled: 'without orders',
}

/** One card a branch: what flowed into it against its cap, at what cost to the rooms. */
export function networkCards(
  network: NetworkReport | undefined,
  series: readonly BranchSeries[],
  calendar: SlotCalendar,
): string {
  return series
    .flatMap((branch) => {
      const report = network?.branches[branch.id]
      return report ? [card(report, branch, calendar)] : []
    })
    .join('\n')
}

function card(report: BranchReport, series: BranchSeries, calendar: SlotCalendar): string {
  const colours: readonly [LifeName, string][] = [
    ['controlled', 'controlled'],
    ['equalCut', 'tuned'],
    ['uncoordinated', 'price'],
    ['asFound', 'found'],
  ]
  const keys = colours.flatMap(([name, colour]) =>
    report.lives[name] ? [key(colour, LIFE_WORDS[name])] : [],
  )
  const over =
    report.capKw === null ? '' : key('loss', 'what the branch as found takes beyond its cap', true, 0.3)
  return `<section class="card"><h2>Branch ${escapeXml(series.id)}, ${figure(report.buildings)} buildings</h2>
${sentences(report)
  .map((text) => `<p>${text}</p>`)
  .join('\n')}
<div class="key">${keys.join('')}${over}</div>${branchChart(series, calendar)}
${livesTable(report)}</section>`
}

function sentences({ capKw, exceedingQuarterHours, lives }: BranchReport): string[] {
  const { controlled, equalCut, asFound } = lives
  const cap = controlled?.cap
  if (!cap || capKw === null || exceedingQuarterHours === 0 || !asFound) return []
  const after = cap.aboveAfter === 0 ? 'none' : figure(cap.aboveAfter)
  const held =
    `As found the branch takes up to ${figure(asFound.peakKw)} kW, more than its cap of ${figure(capKw)} kW in ${figure(exceedingQuarterHours)} quarter-hours.` +
    ` Under control ${percent(100 * (cap.heldShare ?? 0))} of them stay under it, the worst is ${percent(100 * cap.worstExceedance)} above;` +
    ` in the six hours after ${after} is.`
  if (!equalCut) return [held]
  return [
    held,
    `Rooms were ${figure(controlled.underheatingKh, 2)} kelvin-hours too cold, ${figure(equalCut.underheatingKh, 2)} with all buildings cut alike` +
      ` and ${figure(asFound.underheatingKh, 2)} as found.`,
  ]
}

function livesTable({ lives }: BranchReport): string {
  const rows = (Object.keys(LIFE_WORDS) as LifeName[]).flatMap((name) => {
    const life = lives[name]
    return life ? [row(LIFE_WORDS[name], life)] : []
  })
  const head = [
    '',
    'peak, kW',
    'steepest rise, kW in ¼ h',
    'cap held',
    'worst above',
    'above in 6 h after',
    'rebound, kW',
    'rebound, kWh',
    'too cold, Kh',
    'than as found',
    'Gini of colder rooms',
  ]
  return table(head, rows, 'lives')
}

function row(name: string, life: BranchLife): string[] {
  const { cap } = life
  return [
    name,
    figure(life.peakKw),
    figure(life.rampKw),
    cap?.heldShare == null ? '–' : percent(100 * cap.heldShare),
    cap ? percent(100 * cap.worstExceedance) : '–',
    figure(cap?.aboveAfter ?? null),
    figure(cap?.reboundKw ?? null),
    figure(cap?.reboundKwh ?? null),
    figure(life.underheatingKh, 2),
    signed(life.addedUnderheatingKh, 2),
    figure(life.colderGini, 2),
  ]
}
