import { LEVELS } from '../../src/core/forecast/prices/forecast-days.ts'
import type { Ahead } from './rolling-test.ts'
import { type Scores, scores, spreadScores } from './scores.ts'

const HEAD = ['forecast', 'day', 'MAE', 'rMAE week', 'rMAE naive', 'sMAPE', 'in 80 %', 'width', 'pinball']

/** The rolling test as a table in Markdown; `withWind` knows the wind of the days ahead. */
export function scoreTable(withoutWind: readonly Ahead[], withWind: readonly Ahead[]): string {
  const lines = withoutWind.flatMap((ahead, k) => [
    leaRow('LEAR, without wind', k, ahead),
    leaRow('LEAR, wind by perfect foresight', k, withWind[k]),
    plainRow('profile of the last seven days', k, ahead, ahead.profile),
    plainRow('last week’s hour', k, ahead, ahead.lastWeek),
    plainRow('epftoolbox’s naive rule', k, ahead, ahead.epfNaive),
    plainRow('the file’s own column', k, ahead, ahead.own),
  ])
  return [HEAD, HEAD.map((_, k) => (k === 0 ? '---' : '--:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** MAE over that of last week's hour. */
export function rmaeToLastWeek(ahead: Ahead): number {
  return pointScores(ahead).maeEurPerMwh / scores(ahead.actual, ahead.lastWeek).maeEurPerMwh
}

function pointScores({ actual, quantiles }: Ahead): Scores {
  return scores(actual, quantiles[LEVELS.indexOf(0.5)])
}

function leaRow(name: string, k: number, ahead: Ahead): string[] {
  const spread = spreadScores(ahead.actual, ahead.quantiles, LEVELS)
  return [
    ...pointCells(name, k, ahead, pointScores(ahead)),
    `${(100 * spread.coverage).toFixed(1)} %`,
    spread.widthEurPerMwh.toFixed(1),
    spread.pinballEurPerMwh.toFixed(2),
  ]
}

function plainRow(name: string, k: number, ahead: Ahead, forecast: readonly number[]): string[] {
  return [...pointCells(name, k, ahead, scores(ahead.actual, forecast)), '', '', '']
}

function pointCells(name: string, k: number, ahead: Ahead, own: Scores): string[] {
  const week = scores(ahead.actual, ahead.lastWeek).maeEurPerMwh
  const naive = scores(ahead.actual, ahead.epfNaive).maeEurPerMwh
  return [
    name,
    String(k + 1),
    own.maeEurPerMwh.toFixed(2),
    (own.maeEurPerMwh / week).toFixed(3),
    (own.maeEurPerMwh / naive).toFixed(3),
    `${(100 * own.smape).toFixed(1)} %`,
  ]
}
