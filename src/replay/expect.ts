import type { Report } from './report.ts'
import type { Expectations } from './scenario.ts'

export interface ExpectationResult {
  /** The dotted path of the field, `savings.tunedDown.wholePeriod.costPercent`. */
  readonly field: string
  readonly expected: string
  readonly actual: unknown
  readonly isMet: boolean
}

/** Holds a scenario's thresholds against its report; a field that is not there is a threshold not met. */
export function checkExpectations(report: Report, expectations: Expectations): ExpectationResult[] {
  return Object.entries(expectations).map(([field, { min, max, equals }]) => {
    const actual = valueAt(report, field)
    const isNumber = typeof actual === 'number' && Number.isFinite(actual)
    const isMet =
      (min === undefined || (isNumber && actual >= min)) &&
      (max === undefined || (isNumber && actual <= max)) &&
      (equals === undefined || actual === equals)
    return { field, expected: inWords({ min, max, equals }), actual, isMet }
  })
}

function valueAt(value: unknown, field: string): unknown {
  let here = value
  for (const key of field.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

function inWords({ min, max, equals }: Expectations[string]): string {
  const parts = []
  if (min !== undefined) parts.push(`at least ${min}`)
  if (max !== undefined) parts.push(`at most ${max}`)
  if (equals !== undefined) parts.push(`${JSON.stringify(equals)}`)
  return parts.join(' and ')
}
