/**
 * How warm the comfort zone may be made, so that the other rooms are in sum no more overheated than under a curve
 * turned down with care. Such a curve cannot follow gains and wind, so it stands some way above the band's lower
 * edge; rooms that it would overheat anyway are not what pre-heating does to people. What control spares of that
 * overheating is written down, and may be spent when heat is worth storing.
 */
export interface RoomLevels {
  /** Every valid room, °C. */
  readonly roomsC: readonly number[]
  /** The comfort zone that they are counted from, °C. */
  readonly comfortC: number
  readonly band: { readonly minC: number; readonly maxC: number }
}

/** How far a caretaker's curve keeps the comfort zone above the lower edge on average, K. */
const CARETAKER_K = 0.3
/** In this time the spared overheating may be spent. */
const SPENT_WITHIN_H = 24
const LARGEST_BALANCE_KH = 6

/** Mean over rooms of the kelvins above the band, were the comfort zone at `comfortC`. */
function overheatingK({ roomsC, comfortC, band }: RoomLevels, atC: number): number {
  let sum = 0
  for (const roomC of roomsC) sum += Math.max(0, roomC + atC - comfortC - band.maxC)
  return sum / Math.max(1, roomsC.length)
}

/** The balance after `hours` at these rooms, kelvin-hours: what the caretaker would have overheated less what is. */
export function overheatingBalanceKh(balanceKh: number, rooms: RoomLevels, hours: number): number {
  const caretakerK = overheatingK(rooms, rooms.band.minC + CARETAKER_K)
  const nowK = overheatingK(rooms, rooms.comfortC)
  const next = balanceKh + hours * (caretakerK - nowK)
  return Math.max(-LARGEST_BALANCE_KH, Math.min(LARGEST_BALANCE_KH, next))
}

/** The comfort zone's upper limit, °C; never under the band's lower edge. */
export function warmLimitC(balanceKh: number, rooms: RoomLevels): number {
  const { band } = rooms
  const caretakerK = overheatingK(rooms, band.minC + CARETAKER_K)
  const allowedK = Math.max(0, caretakerK + balanceKh / SPENT_WITHIN_H)
  let low = band.minC
  let high = band.maxC
  if (overheatingK(rooms, high) <= allowedK) return high
  for (let k = 0; k < 20; k++) {
    const middle = (low + high) / 2
    if (overheatingK(rooms, middle) <= allowedK) low = middle
    else high = middle
  }
  return low
}
