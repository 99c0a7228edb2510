type Convert = (value: number) => number

/** How a radiation is told: as a mean, W/m², or as a sum that runs on, J/m². */
export interface RadiationUnit {
  readonly kind: 'mean' | 'sum'
  readonly convert: Convert
}

const same: Convert = (value) => value

const TEMPERATURE = new Map<string, Convert>([
  ...['°c', 'c', 'celsius', 'degc', 'cel', 'degree_celsius'].map((unit) => [unit, same] as const),
  ...['k', 'kelvin'].map((unit) => [unit, (kelvin: number) => kelvin - 273.15] as const),
  ...['°f', 'f', 'fahrenheit', 'degf'].map((unit) => [unit, (f: number) => ((f - 32) * 5) / 9] as const),
])

const SPEED = new Map<string, Convert>([
  ...['m/s', 'ms-1', 'm.s-1', 'mps'].map((unit) => [unit, same] as const),
  ...['km/h', 'kmh', 'kmh-1'].map((unit) => [unit, (kmh: number) => kmh / 3.6] as const),
  ...['kn', 'kt', 'knots'].map((unit) => [unit, (knots: number) => (knots * 1852) / 3600] as const),
  ...['mp/h', 'mph'].map((unit) => [unit, (mph: number) => (mph * 1609.344) / 3600] as const),
])

const SHARE = new Map<string, Convert>([
  ...['%', 'percent'].map((unit) => [unit, (percent: number) => percent / 100] as const),
  ...['1', 'fraction', '0-1'].map((unit) => [unit, same] as const),
  ...['okta', 'oktas', '1/8'].map((unit) => [unit, (oktas: number) => oktas / 8] as const),
])

const RADIATION = new Map<string, RadiationUnit>([
  ...['w/m2', 'wm-2', 'w.m-2'].map((unit) => [unit, { kind: 'mean', convert: same }] as const),
  ...['j/m2', 'jm-2', 'j.m-2'].map((unit) => [unit, { kind: 'sum', convert: same }] as const),
  ...['kj/m2', 'kjm-2'].map((unit) => [unit, { kind: 'sum', convert: (kj: number) => kj * 1e3 }] as const),
  ...['wh/m2', 'whm-2'].map((unit) => [unit, { kind: 'sum', convert: (wh: number) => wh * 3_600 }] as const),
])

// `W m**-2`, `W/m^2` and `W/m²` are one unit.
const plain = (unit: string) =>
  unit
    .toLowerCase()
    .replace(/\s|\^|\*\*/g, '')
    .replace('²', '2')
    .replace('⁻', '-')

/** To °C; undefined where the unit is not known. */
export const temperatureUnit = (unit: string) => TEMPERATURE.get(plain(unit))
/** To m/s. */
export const speedUnit = (unit: string) => SPEED.get(plain(unit))
/** To a share of one. */
export const shareUnit = (unit: string) => SHARE.get(plain(unit))
/** To W/m², or to J/m² of which the slope is W/m². */
export const radiationUnit = (unit: string) => RADIATION.get(plain(unit))
