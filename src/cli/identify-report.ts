import { halfWidth } from '../core/thermal/identify/estimates.ts'
import type { ForecastError } from '../core/thermal/identify/forecast-error.ts'
import type { Verdict } from '../core/thermal/identify/gate.ts'
import { shapeName } from '../core/thermal/identify/grey-box.ts'
import type { BuildingFit } from '../core/thermal/identify/identify-building.ts'
import type { Parameter } from '../core/thermal/identify/parameters.ts'
import type { Interval } from '../core/thermal/identify/profile-interval.ts'
import type { IdentifyDocument } from './identify.ts'

/** The report in lines, for people. */
export function identifyReport(document: IdentifyDocument): readonly string[] {
  const { identified, file, provenance } = document
  if (identified.kind === 'bad-input') return identified.faults.map(({ text }) => text)
  const head = [`${file}: ${identified.rows} rows, ${identified.days.toFixed(1)} days; ${provenance}`, '']
  if (identified.kind === 'not-identifiable') return [...head, ...verdictLines(identified.verdict)]
  const { fit } = identified
  return [
    ...head,
    ...modelLines(fit),
    '',
    ...estimateLines(fit, document.heatLossWPerM2K),
    '',
    ...parameterLines(fit.parameters),
    '',
    ...errorLines('last third, not fitted to', fit.heldOut),
    ...(document.validation ? errorLines(document.validation.file, document.validation.error) : []),
    residualLine(fit),
    `heat explained by the outdoor temperature alone: ${percent(fit.heatByOutdoor)}`,
    '',
    ...verdictLines(identified.verdict),
  ]
}

function modelLines({ shape, candidates, heat }: BuildingFit): readonly string[] {
  const rows = candidates.map(
    ({ name, states, parameters, criterion, isChosen }) =>
      `  ${isChosen ? '*' : ' '} ${name.padEnd(34)} ${states} states  ${String(parameters).padStart(2)} parameters  +${criterion.toFixed(1)}`,
  )
  const powers = `powers are means of the interval that ${heat.powerOf} at their row`
  const source =
    heat.source === 'by-pipes' ? ['  heat in the shape of the supply temperature: the meter is noisy'] : []
  return [
    `model: ${shapeName(shape)} (${powers})`,
    '  candidates by information criterion, above the best:',
    ...rows,
    ...source,
  ]
}

function estimateLines(
  { estimates, fastHours, shape, box, supplyAnswer }: BuildingFit,
  perM2: number | null,
): readonly string[] {
  const { heatLossKwPerK, response2hKPerKw, slowHours, capacityKwhPerK } = estimates
  const area = perM2 === null ? '' : `  = ${perM2.toFixed(2)} W/m²K of floor`
  return [
    'what the building is, with 95 % intervals:',
    `  heat loss            ${text(heatLossKwPerK, 1000, 'W/K')}${area}`,
    `  2 h answer to 1 kW   ${text(response2hKPerKw, 1, 'K')}`,
    `  time constant        ${text(slowHours, 1, 'h')}`,
    `  heat capacity        ${text(capacityKwhPerK, 1, 'kWh/K')}`,
    ...(fastHours === null ? [] : [`  air and structure agree in ${short(fastHours)} h`]),
    ...(supplyAnswer === null
      ? []
      : [
          `  1 K of supply        ${short(supplyAnswer.kwPerK2h)} kW over 2 h (±${short(1.96 * supplyAnswer.errorKwPerK)})`,
        ]),
    ...(shape.hasEmitter ? [`  emitters lag ${short(box.emitterHours)} h`] : []),
  ]
}

function parameterLines(parameters: readonly Parameter[]): readonly string[] {
  const rows = parameters.map(
    ({ name, value, low, high, toldBy }) =>
      `  ${name.padEnd(16)} ${short(value).padStart(9)}  ${short(low)} to ${short(high)}${told(toldBy)}`,
  )
  return ['parameters:', ...rows]
}

function told(by: Parameter['toldBy']): string {
  if (by === 'data') return ''
  return by === 'prior' ? '  (not told by the data: this is the prior)' : '  (on its bound)'
}

function errorLines(of: string, error: ForecastError): readonly string[] {
  const { dayAheadRmseK, persistenceRmseK, freeRunRmseK, freeRunHours, predictions } = error
  const free = `free run over ${short(freeRunHours)} h ${kelvin(freeRunRmseK)}`
  return [
    `errors on ${of}: 24 h ahead ${kelvin(dayAheadRmseK)} over ${predictions} predictions ("as now": ${kelvin(persistenceRmseK)}), ${free}`,
  ]
}

function residualLine({ whiteness }: BuildingFit): string {
  const { oneStepRmseK, lagOne, withinRatio, isWhite, outlierRatio } = whiteness
  const colour = isWhite ? 'white' : 'NOT white: something regular is not in the model'
  return `residuals: ${oneStepRmseK.toFixed(3)} K a step, correlation at lag one ${lagOne.toFixed(2)}, ${percent(withinRatio)} of lags up to a day within chance: ${colour}; ${percent(outlierRatio)} beyond four deviations`
}

function verdictLines(verdict: Verdict): readonly string[] {
  if (verdict.kind === 'steer') return ['verdict: may be steered']
  return [
    'verdict: stays on its own curve',
    ...verdict.reasons.map(({ code, text: why }) => `  ${code}: ${why}`),
  ]
}

function text(interval: Interval, factor: number, unit: string): string {
  const { value, low, high, isOpen } = interval
  const range = `${short(factor * low)} to ${short(factor * high)}`
  const width = isOpen ? 'no limit found' : `±${percent(halfWidth(interval))}`
  return `${short(factor * value)} ${unit}  (${range}, ${width})`
}

function kelvin(value: number | null): string {
  return value === null ? 'unknown' : `${value.toFixed(2)} K`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}

function short(value: number): string {
  const digits = value !== 0 && Math.abs(value) < 1000 ? 3 : 4
  return String(Number(value.toPrecision(digits)))
}
