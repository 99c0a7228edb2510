// Some way above the 18 °C below which no home may fall: forecasts err, heat needs its time to come, and people air their rooms.
const ROOM_FLOOR_C = 18.9

/**
 * The comfort zone's level, °C, at which the coldest room of all keeps clear of 18 °C; no more than the building's
 * own curve gives, for a room that is cold on that is not made so by us.
 *
 * @param comfortC the comfort zone now
 * @param lowestC the coldest room of all now
 * @param onCurveC where the comfort zone rests on the building's own curve
 */
export function safeLevelC(comfortC: number, lowestC: number, onCurveC: number): number {
  return Math.max(ROOM_FLOOR_C, Math.min(onCurveC, ROOM_FLOOR_C + comfortC - lowestC))
}
