import { CALL_WRITES } from '../../domain/flexibility.ts'

/** How orders are carried out, as configured. */
export interface OrderSettings {
  /** Buildings return to their plans one by one within this time after an order's end. */
  readonly releaseMinutes: number
  /** So long after an order that took heat away the flow stays within its baseline times `1 + reboundRatio`. */
  readonly reboundHours: number
  readonly reboundRatio: number
  /** How strongly the next order spares those who gave more than most; 0 is not at all. */
  readonly fairness: number
  /** What a kilowatt-hour of an order is worth, as a multiple of the dearest heat ahead. */
  readonly worth: number
  /** Writes a day that each building keeps back for calls, which plans then cannot use. */
  readonly callWrites: number
  /** When schools are in session, and protected. */
  readonly schools: SchoolHours
}

export const DEFAULT_ORDER_SETTINGS: OrderSettings = {
  releaseMinutes: 30,
  reboundHours: 4,
  reboundRatio: 0.1,
  fairness: 2,
  worth: 2,
  callWrites: CALL_WRITES,
  schools: {
    fromHour: 7,
    untilHour: 16,
    holidays: [
      { from: '06-01', until: '08-08' },
      { from: '12-22', until: '01-06' },
    ],
  },
}

export interface SchoolHours {
  /** By the clock on the wall, Monday to Friday. */
  readonly fromHour: number
  readonly untilHour: number
  /** Spans of the year without school, both days in them: `06-01` to `08-10`. */
  readonly holidays: readonly { readonly from: string; readonly until: string }[]
}
