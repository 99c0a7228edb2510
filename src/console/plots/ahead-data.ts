import type uPlot from 'uplot'
import type { Forecast } from '../api-types.ts'

/** Time, published price, estimated price, outdoor temperature. Both price lines meet at the last published slot. */
export function aheadData(forecast: Forecast, from: number, to: number): uPlot.AlignedData {
  const { start, stepMs, eurPerMwh, outdoorC, priceKnownUntil } = forecast
  const slots = eurPerMwh.flatMap((_, slot) => (start + slot * stepMs <= to ? [slot] : []))
  const isKnown = (slot: number) => start + slot * stepMs < priceKnownUntil
  return [
    // A first instant without values keeps the hours in line with the picture above.
    [from, ...slots.map((slot) => start + slot * stepMs)],
    [null, ...slots.map((slot) => (isKnown(slot) ? (eurPerMwh[slot] ?? null) : null))],
    [null, ...slots.map((slot) => (isKnown(slot + 1) ? null : (eurPerMwh[slot] ?? null)))],
    [null, ...slots.map((slot) => outdoorC[slot] ?? null)],
  ]
}
