/**
 * How cool the comfort zone may be made, so that the coldest room is in sum no colder than under a caretaker's curve.
 * A room that is cold anyway is not made so by us, and what we spare it may be spent when heat is dear.
 */
export interface ColdRoom {
  /** The coldest room of all and the comfort zone now, °C. */
  readonly lowestC: number
  readonly comfortC: number
  /** Where the caretaker's comfort zone would be now, °C. */
  readonly caretakerC: number
  readonly minC: number
}

const SPENT_WITHIN_H = 24
const LARGEST_BALANCE_KH = 6

/** Kelvins by which the coldest room is under the band, were the comfort zone at `atC`. */
function underK({ lowestC, comfortC, minC }: ColdRoom, atC: number): number {
  return Math.max(0, minC - (lowestC + atC - comfortC))
}

/** The balance after `hours` at these rooms, kelvin-hours: what the caretaker's coldest room lacked less what ours does. */
export function coldBalanceKh(balanceKh: number, room: ColdRoom, hours: number): number {
  const next = balanceKh + hours * (underK(room, room.caretakerC) - underK(room, room.comfortC))
  return Math.max(-LARGEST_BALANCE_KH, Math.min(LARGEST_BALANCE_KH, next))
}

/** The comfort zone's lower limit for the coldest room's sake, °C; no higher than the caretaker's but to pay back. */
export function coldLimitC(balanceKh: number, room: ColdRoom): number {
  const allowedK = Math.max(0, underK(room, room.caretakerC) + balanceKh / SPENT_WITHIN_H)
  return room.minC - allowedK + room.comfortC - room.lowestC
}
