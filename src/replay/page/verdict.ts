import { escapeXml } from '../junit.ts'
import type { NetworkReport } from '../network/network-report.ts'
import type { ProductionFigures } from '../production/production-report.ts'
import type { Comparison, Report } from '../report.ts'
import { figure, percent } from './figures.ts'
import { dayInWords } from './frame.ts'

export interface Verdict {
  readonly tone: 'good' | 'mixed' | 'bad'
  readonly headline: string
  readonly sentences: readonly string[]
}

/** A difference of rooms that nobody feels: kelvin-hours a zone and day. */
const SAME_KH_A_DAY = 0.1

/** What came of it, in words. */
export function verdict(report: Report): Verdict {
  const { wholePeriod } = report.savings.tunedDown
  const kept = capVerdict(report.network)
  const saved = wholePeriod.costPercent ?? 0
  const isColder = wholePeriod.underheatingChangeKh > SAME_KH_A_DAY * report.days
  const isHotter = wholePeriod.overheatingChangeKh > SAME_KH_A_DAY * report.days
  const tone = saved <= 0 ? 'bad' : isColder || isHotter ? 'mixed' : 'good'
  return {
    tone: kept?.tone ?? tone,
    headline: kept?.headline ?? headline(saved, isColder, isHotter),
    sentences: [
      ...bill(report),
      ...making(report),
      comfort(report),
      ...dearDay(report),
      ...foresight(report),
    ],
  }
}

const ENOUGH_HELD = 0.95
const MOST_ABOVE = 0.03

/** Where a branch would have broken its cap, that is what it is about; of several the one that did worst. */
function capVerdict(network: NetworkReport | undefined): Pick<Verdict, 'tone' | 'headline'> | undefined {
  const kept = Object.entries(network?.branches ?? {}).flatMap(([id, { lives }]) => {
    const cap = lives.controlled?.cap
    return cap?.heldShare == null ? [] : [{ id, heldShare: cap.heldShare, cap }]
  })
  const [first, ...others] = kept
  if (!first) return undefined
  const { id, heldShare, cap } = others.reduce((a, b) => (b.heldShare < a.heldShare ? b : a), first)
  const isHeld = heldShare >= ENOUGH_HELD && cap.worstExceedance <= MOST_ABOVE && cap.aboveAfter === 0
  return {
    tone: isHeld ? 'good' : heldShare > 0.5 ? 'mixed' : 'bad',
    headline: `Control kept branch ${escapeXml(id)} under its cap in ${percent(100 * heldShare)} of the quarter-hours in which it would have been broken`,
  }
}

function headline(saved: number, isColder: boolean, isHotter: boolean): string {
  if (saved <= 0) return `Control cost ${figure(-saved, 1)} % more than careful tuning`
  const price = isColder ? 'in colder rooms' : isHotter ? 'in warmer rooms' : 'in rooms as comfortable'
  return `Control saved ${figure(saved, 1)} % of the bill ${price}`
}

function bill({ savings, runs }: Report): string[] {
  const { tunedDown, asFound } = savings
  return [
    `The bill was ${figure(runs.controlled.costEur)} EUR under control, ${figure(runs.tunedDown.costEur)} EUR with curves` +
      ` turned down by a perfect caretaker, and ${figure(runs.asFound.costEur)} EUR as found.`,
    `Counting heat left in the structure, control ${change(tunedDown.wholePeriod)} than the caretaker;` +
      ` against the curves as found it ${change(asFound.wholePeriod)}.`,
  ]
}

/** Where the heat is made by a plant, which is what plans went by. */
function making({ production }: Report): string[] {
  if (!production || Object.keys(production.runs.controlled.units).length === 0) return []
  const net = ({ fleetCostEur, storedHeatEur }: ProductionFigures) => fleetCostEur - storedHeatEur
  const { controlled, tunedDown } = production.runs
  const saved = net(tunedDown) - net(controlled)
  const share = net(tunedDown) > 0 ? `, ${percent((100 * Math.abs(saved)) / net(tunedDown))}` : ''
  return [
    `Making the fleet’s heat cost the plant ${figure(net(controlled))} EUR, stored heat counted:` +
      ` ${figure(Math.abs(saved))} EUR${share} ${saved < 0 ? 'more' : 'less'} than with the caretaker.`,
  ]
}

function change({ costPercent, energyPercent }: Comparison): string {
  const cost =
    (costPercent ?? 0) < 0
      ? `cost ${percent(-(costPercent ?? 0))} more`
      : `saved ${percent(costPercent)} of the cost`
  if (energyPercent === null) return cost
  return `${cost} and used ${percent(Math.abs(energyPercent))} ${energyPercent < 0 ? 'more' : 'less'} energy`
}

function comfort({ runs }: Report): string {
  const rooms = (kh: number) => `${figure(kh, 1)} kelvin-hours`
  const { controlled, tunedDown, asFound } = runs
  return (
    `Over the period rooms were on average ${rooms(controlled.underheatingKh)} too cold and` +
    ` ${figure(controlled.overheatingKh, 1)} too warm; with the caretaker ${figure(tunedDown.underheatingKh, 1)} and ${figure(tunedDown.overheatingKh, 1)},` +
    ` as found ${figure(asFound.underheatingKh, 1)} and ${figure(asFound.overheatingKh, 1)}.` +
    ` The coldest room ever was ${figure(controlled.minIndoorC, 1)} °C (${figure(asFound.minIndoorC, 1)} °C as found).`
  )
}

function dearDay({ savings, days }: Report): string[] {
  if (days < 2) return []
  const { tunedDown, dearestDay, dearestDayCostPercent } = savings
  return [
    `${dayInWords(dearestDay)} alone was ${percent(dearestDayCostPercent, 0)} of the bill as found;` +
      ` without it control saved ${percent(tunedDown.withoutDearestDay.costPercent)} against the caretaker.`,
  ]
}

function foresight({ bound }: Report): string[] {
  if (!bound) return []
  const share = bound.realisedShare
  const realised = share === null ? 'no share can be given' : `${figure(100 * share)} % of that was realised`
  const warning = share !== null && share > 1 ? ', which cannot be: the bound is wrong' : ''
  return [
    `Perfect foresight would have saved ${figure(bound.savingEur)} EUR against the caretaker; ${realised}${warning}.`,
  ]
}
