import type { BuildingKind } from '../src/core/domain/building.ts'
import type { VentilationSpec } from './building-spec.ts'

type Span = readonly [low: number, high: number]

/** What is usual for a kind of building; conductances and capacities per m² of heated floor. */
export interface Archetype {
  readonly years: Span
  readonly areaM2: Span
  readonly areaPerPersonM2: number
  readonly areaPerDwellingM2: number
  readonly opaqueWm2K: Span
  readonly windowWm2K: Span
  readonly infiltrationWm2K: Span
  readonly ventilationWm2K: Span
  readonly massWhm2K: Span
  readonly airMassWm2K: Span
  /** Windows after frame, glass and shade. */
  readonly apertureRatio: number
  readonly ventilation: VentilationSpec
  readonly peopleWm2: number
  readonly applianceWm2: number
  readonly dhwKwhPerPersonDay: number
  readonly circulationWm2: number
  /** Supply at -30, -15, -5, 0, 5 and 15 °C outside. */
  readonly curveC: readonly number[]
  readonly designSpreadK: number
  /** How the caretaker left the curve: the room it would hold with every valve open, and its slope's error. */
  readonly found: { readonly roomC: number; readonly deviationK: number; readonly slopeDeviation: number }
  readonly valve: { readonly settingC: number; readonly deviationK: number; readonly stuckOpenRatio: number }
}

const EXHAUST: VentilationSpec = { kind: 'exhaust', recoveryRatio: 0, supplyAirC: null }

const CONCRETE: Archetype = {
  years: [1960, 1985],
  areaM2: [1400, 6500],
  areaPerPersonM2: 38,
  areaPerDwellingM2: 65,
  opaqueWm2K: [0.36, 0.5],
  windowWm2K: [0.24, 0.34],
  infiltrationWm2K: [0.07, 0.13],
  ventilationWm2K: [0.36, 0.46],
  massWhm2K: [50, 100],
  airMassWm2K: [12, 17],
  apertureRatio: 0.04,
  ventilation: EXHAUST,
  peopleWm2: 2.8,
  applianceWm2: 3,
  dhwKwhPerPersonDay: 2.7,
  circulationWm2: 1.2,
  curveC: [75, 60, 50, 45, 40, 28],
  designSpreadK: 25,
  found: { roomC: 23.6, deviationK: 1.5, slopeDeviation: 0.05 },
  valve: { settingC: 24.5, deviationK: 1.6, stuckOpenRatio: 0.4 },
}

/** DOMAIN 5.1: ISO 13790 classes for loss and mass, EN 16798-1 for gains, the ECL's factory curve for supply. */
export const ARCHETYPES: Readonly<Record<BuildingKind, Archetype>> = {
  'concrete-block': CONCRETE,
  'insulated-block': {
    ...CONCRETE,
    years: [2012, 2024],
    areaM2: [1800, 6000],
    opaqueWm2K: [0.14, 0.2],
    windowWm2K: [0.17, 0.24],
    infiltrationWm2K: [0.03, 0.05],
    ventilationWm2K: [0.38, 0.46],
    massWhm2K: [120, 150],
    airMassWm2K: [14, 20],
    apertureRatio: 0.035,
    ventilation: { kind: 'balanced', recoveryRatio: 0.72, supplyAirC: 17 },
    circulationWm2: 0.7,
    curveC: [50, 43, 38, 35, 32, 25],
    designSpreadK: 12,
    found: { roomC: 22.8, deviationK: 0.7, slopeDeviation: 0.06 },
    valve: { settingC: 22.6, deviationK: 1, stuckOpenRatio: 0.05 },
  },
  school: {
    ...CONCRETE,
    years: [1962, 2005],
    areaM2: [2500, 8000],
    areaPerPersonM2: 12,
    areaPerDwellingM2: 120,
    opaqueWm2K: [0.28, 0.4],
    windowWm2K: [0.25, 0.36],
    infiltrationWm2K: [0.08, 0.14],
    ventilationWm2K: [1.6, 2.4],
    massWhm2K: [60, 110],
    ventilation: { kind: 'balanced', recoveryRatio: 0.6, supplyAirC: 18.5 },
    peopleWm2: 7,
    applianceWm2: 6,
    dhwKwhPerPersonDay: 0.25,
    circulationWm2: 0.5,
    found: { roomC: 23, deviationK: 0.7, slopeDeviation: 0.05 },
    valve: { settingC: 22.3, deviationK: 0.8, stuckOpenRatio: 0.15 },
  },
  'row-house': {
    ...CONCRETE,
    years: [1970, 2000],
    areaM2: [800, 1700],
    areaPerDwellingM2: 90,
    opaqueWm2K: [0.5, 0.65],
    windowWm2K: [0.24, 0.32],
    infiltrationWm2K: [0.12, 0.2],
    ventilationWm2K: [0.28, 0.36],
    massWhm2K: [28, 48],
    airMassWm2K: [10, 13.5],
    circulationWm2: 0.6,
    found: { roomC: 23.4, deviationK: 0.8, slopeDeviation: 0.05 },
    valve: { settingC: 22.6, deviationK: 1.2, stuckOpenRatio: 0.1 },
  },
  'heat-pump-block': {
    ...CONCRETE,
    years: [1975, 2005],
    opaqueWm2K: [0.24, 0.34],
    windowWm2K: [0.18, 0.24],
    infiltrationWm2K: [0.05, 0.09],
    ventilationWm2K: [0.34, 0.42],
    massWhm2K: [70, 110],
    curveC: [55, 47.5, 42, 38.5, 35, 26],
    designSpreadK: 12,
    found: { roomC: 23, deviationK: 0.7, slopeDeviation: 0.05 },
    valve: { settingC: 22.8, deviationK: 1, stuckOpenRatio: 0.1 },
  },
}

/** The pilot's blocks: a mass beyond any class of ISO 13790, well coupled (DOMAIN 5.1, calc). */
export const GOTHENBURG: Pick<Archetype, 'massWhm2K' | 'airMassWm2K'> = {
  massWhm2K: [170, 210],
  airMassWm2K: [24, 30],
}

/** The share of concrete blocks that are of the very heavy type. */
export const HEAVY_SHARE = 0.25
