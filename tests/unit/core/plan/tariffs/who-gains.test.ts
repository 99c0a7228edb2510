import { describe, expect, it } from 'vitest'
import { parseBuildingId } from '../../../../../src/core/domain/building-id.ts'
import { SLOT_HOURS } from '../../../../../src/core/domain/instant.ts'
import type { Plant } from '../../../../../src/core/domain/plant.ts'
import type { PowerFee, Tariff } from '../../../../../src/core/domain/tariff.ts'
import { solveFleetQp } from '../../../../../src/core/math/fleet/solve-fleet-qp.ts'
import type { FleetJob } from '../../../../../src/core/plan/fleet-job.ts'
import { planFleet } from '../../../../../src/core/plan/plan-fleet.ts'
import type { PlanJob } from '../../../../../src/core/plan/plan-job.ts'
import { heatSources } from '../../../../../src/core/plan/production/heat-sources.ts'
import { productionCost } from '../../../../../src/core/plan/production-cost.ts'
import { bill } from '../../../../../src/core/plan/tariffs/bill.ts'
import { planningEurPerKwh } from '../../../../../src/core/plan/tariffs/planning-price.ts'
import { billedPeakKw, countedBesideKw } from '../../../../../src/core/plan/tariffs/power-fee.ts'
import { type Gainer, type Gains, whoGains } from '../../../../../src/core/plan/tariffs/who-gains.ts'
import { discretise } from '../../../../../src/core/thermal/discretise.ts'

/*
 * Ten houses in a town of combined heat and power, on two days with dear hours of power: as they would hold the lower
 * edge of their band, and as they would be planned by what they pay. Heat left in them is worth what it costs each side.
 */
const SLOTS = 192
const HOUSES = 10
const start = Date.parse('2024-01-07T22:00:00Z')
const timeZone = 'Europe/Helsinki'
const flat = (value: number) => new Float64Array(SLOTS).fill(value)
const byHour = (of: (hour: number) => number) =>
  Float64Array.from({ length: SLOTS }, (_, k) => of(Math.floor((k * SLOT_HOURS) % 24)))
const spotEurPerMwh = byHour((hour) => (hour >= 7 && hour < 10 ? 190 : hour >= 16 && hour < 20 ? 230 : 55))
const hotWaterKw = byHour((hour) => (hour >= 6 && hour < 9 ? 30 : 5))
const outdoorC = byHour((hour) => -9 + 3 * Math.sin(((hour - 9) / 12) * Math.PI))
const model = {
  ...{ airKwhPerK: 11, massKwhPerK: 400, couplingKwPerK: 80, airLossKwPerK: 2.4, massLossKwPerK: 1.6 },
  ...{ apertureM2: 60, gainsKw: 12, heatToAirRatio: 0.65 },
}
const MIN_C = 20.5
/** At rest there. */
const MASS_C = 20.4

const unit = { minKw: 0, startEur: 0, operationEurPerMwh: 2, outages: [] }
const wood = { eurPerMwh: 28, taxEurPerMwh: 0, co2KgPerMwh: 0 }
const gas = { eurPerMwh: 40, taxEurPerMwh: 22, co2KgPerMwh: 202 }
const plant: Plant = {
  units: [
    {
      ...{ ...unit, kind: 'back-pressure-chp', id: 'chp', capKw: 7000, bypassKw: 0, fuel: wood },
      ...{ powerToHeatRatio: 0.45, efficiency: 0.88, saleFeeEurPerMwh: 0 },
    },
    { ...unit, kind: 'boiler', id: 'wood', capKw: 1500, efficiency: 0.88, fuel: wood },
    { ...unit, kind: 'boiler', id: 'gas', capKw: 6000, efficiency: 0.92, fuel: gas },
  ],
  stores: [],
}
/** The rest of the town wakes at six. */
const townKw = byHour((hour) => (hour >= 6 && hour < 10 ? 8300 : hour >= 16 && hour < 21 ? 7700 : 6300))
const sources = heatSources(plant, {
  ...{ start, spotEurPerMwh, outdoorC, supplyC: flat(85), gPerKwh: flat(0) },
  emissions: { eurPerT: 0, electricityEurPerT: 0 },
})

/** Heat that holds the room at the band's edge, and where it leaves the structure. */
function edge() {
  const m = discretise(model, SLOT_HOURS)
  let massC = MASS_C
  const heatKw = outdoorC.map((outC) => {
    const air = m.a11 * MIN_C + m.a12 * massC + m.eOut1 * outC + m.gAir1 * model.gainsKw
    const kw = (MIN_C - air) / m.bHeat1
    massC = m.a21 * MIN_C + m.a22 * massC + m.eOut2 * outC + m.gAir2 * model.gainsKw + m.bHeat2 * kw
    return kw
  })
  return { heatKw, storedKwh: stored(heatKw) }
}

/** Kilowatt-hours in air and structure after the two days. */
function stored(heatKw: Float64Array): number {
  const m = discretise(model, SLOT_HOURS)
  let [airC, massC] = [MIN_C, MASS_C]
  heatKw.forEach((kw, k) => {
    const next =
      m.a11 * airC + m.a12 * massC + m.eOut1 * outdoorC[k] + m.gAir1 * model.gainsKw + m.bHeat1 * kw
    massC = m.a21 * airC + m.a22 * massC + m.eOut2 * outdoorC[k] + m.gAir2 * model.gainsKw + m.bHeat2 * kw
    airC = next
  })
  return model.airKwhPerK * airC + model.massKwhPerK * massC
}

const found = edge()
const { marginalEurPerKwh } = productionCost(
  sources,
  townKw.map((kw, k) => kw + HOUSES * (found.heatKw[k] + hotWaterKw[k])),
)
const supplyC = flat(50)
const primary = { supplyC: 85, returnC: 45 }

function jobOf(tariff: Tariff, objective: FleetJob['objective']): PlanJob {
  const { powerFee } = tariff
  const loadKw = found.heatKw.map((kw, k) => kw + hotWaterKw[k])
  const ahead = { start, timeZone, spotEurPerMwh, outdoorC, supplyC, loadKw, primary }
  const eurPerKwh = objective === 'owner' ? planningEurPerKwh(tariff, ahead) : marginalEurPerKwh
  return {
    ...{ building: parseBuildingId('b-1')!, madeAt: start, start, model, airC: MIN_C, massC: MASS_C },
    ...{ heatKw: found.heatKw[0], outdoorC, solarWm2: flat(0), gainsKw: flat(0), eurPerKwh },
    ...{ curveHeatKw: found.heatKw, minHeatKw: flat(0), maxHeatKw: flat(190) },
    ...{ minC: flat(MIN_C), maxC: flat(22), warmEurPerKh: 3, earlierKw: undefined, rateKw: 190 },
    ...(powerFee && {
      powerFee: {
        ...{ eurPerKw: yearly(powerFee), soFarKw: powerFee.peakSoFarKw },
        besideKw: countedBesideKw(powerFee, { start, timeZone, heatKw: found.heatKw }, hotWaterKw),
      },
    }),
  }
}

const yearly = ({ eurPerKwMonth, billedMonths }: PowerFee) => eurPerKwMonth * billedMonths

function fleetOf(job: PlanJob, objective: FleetJob['objective']): FleetJob {
  const fixedKw = townKw.map((kw, k) => kw + HOUSES * hotWaterKw[k])
  return {
    members: Array.from({ length: HOUSES }, () => ({ job, node: 0, weight: 1 })),
    nodes: [{ parent: -1, fixedKw, capKw: flat(Number.POSITIVE_INFINITY), lossRatio: 0, delaySteps: 0 }],
    ...{ stores: [], sources, limits: [], peakEurPerKw: 0, co2CapKg: Number.POSITIVE_INFINITY, objective },
  }
}

/** What all houses' heat came to for either side; a peak counts for all the months that it is billed. */
function accounts(tariff: Tariff, heatKw: Float64Array) {
  const metered = heatKw.map((kw, k) => kw + hotWaterKw[k])
  const flowM3h = metered.map((kw) => kw / (1.163 * (primary.supplyC - primary.returnC)))
  const load = { start, timeZone, heatKw: metered }
  const { totalEur, powerEur, energyEur } = bill(tariff, {
    ...{ ...load, spotEurPerMwh, outdoorC, supplyC },
    primary: { flowM3h, flowReturn: flowM3h.map((flow) => flow * primary.returnC) },
  })
  const { powerFee } = tariff
  const peakEur = powerFee
    ? yearly(powerFee) * Math.max(powerFee.peakSoFarKw, billedPeakKw(powerFee, load))
    : 0
  const kwh = metered.reduce((sum, kw) => sum + kw * SLOT_HOURS, 0)
  const more = stored(heatKw) - found.storedKwh
  const ownEur = totalEur - powerEur + peakEur - (more * energyEur) / kwh
  const all = townKw.map((kw, k) => kw + HOUSES * metered[k])
  const { costEur } = productionCost(sources, all)
  const town = productionCost(sources, townKw).costEur
  const perKwh = (costEur - town) / (HOUSES * kwh)
  return { billsEur: HOUSES * ownEur, productionEur: costEur - HOUSES * more * perKwh }
}

async function gains(tariff: Tariff, objective: FleetJob['objective'] = 'owner'): Promise<Gains> {
  const plan = await planFleet(fleetOf(jobOf(tariff, objective), objective), solveFleetQp)
  expect(plan.certificate.status).toBe('solved')
  return whoGains(accounts(tariff, found.heatKw), accounts(tariff, plan.schedules[0].heatKw))
}

const night = Array.from({ length: 24 }, (_, hour) => (hour >= 22 || hour < 6 ? 60 : 110))
const even: Tariff = { kind: 'flat', eurPerMwh: 93 }
const spot: Tariff = { kind: 'spot', feeEurPerMwh: 10 }
const power = { eurPerKwMonth: 5, billedMonths: 12, peakSoFarKw: 0 }

describe('who gains where houses are planned by what they pay', () => {
  it.each([
    // Dear power makes cheap heat: at spot the owner flees the turbine's best hours, and the utility pays.
    { name: 'spot', tariff: spot, gainer: 'owner' },
    { name: 'one price', tariff: even, gainer: 'nobody' },
    { name: 'a price a month', tariff: { kind: 'monthly', eurPerMwh: Array(12).fill(93) }, gainer: 'nobody' },
    { name: 'a price by the clock', tariff: { kind: 'hourly', eurPerMwh: night }, gainer: 'owner' },
    { name: 'the largest hour', tariff: { ...even, powerFee: { on: 'hour', ...power } }, gainer: 'owner' },
    { name: 'the largest day', tariff: { ...even, powerFee: { on: 'day', ...power } }, gainer: 'owner' },
    {
      name: 'the return temperature',
      tariff: { ...even, returnFee: { neutralC: 50, bandK: 0, percentPerK: 1, mostPercent: 20 } },
      gainer: 'nobody',
    },
    { name: 'water', tariff: { ...even, flowFee: { eurPerM3: 0.3 } }, gainer: 'nobody' },
  ] satisfies { name: string; tariff: Tariff; gainer: Gainer }[])('by $name: $gainer', async (row) => {
    const result = await gains(row.tariff)
    expect(result.gainer).toBe(row.gainer)
    expect(result.togetherEur).toBeCloseTo(result.utilityEur + result.ownerEur, 6)
    // No tariff here is so wrong that shifting by it makes heat dearer to make.
    expect(result.togetherEur).toBeGreaterThan(-5)
  })

  it('is the utility where the plant’s costs count and the owner pays one price', async () => {
    const result = await gains(even, 'system')
    expect(result.gainer).toBe('utility')
    const together = (await Promise.all([gains(spot), gains(even)])).map(({ togetherEur }) => togetherEur)
    expect(result.togetherEur).toBeGreaterThan(Math.max(...together))
  })

  it('leaves the owner under a fee on the day no worse than without control, and free below what is billed', async () => {
    const fee = (peakSoFarKw: number): Tariff => ({
      ...spot,
      powerFee: { on: 'day', ...power, peakSoFarKw },
    })
    expect((await gains(fee(0))).ownerEur).toBeGreaterThan(0)
    expect((await gains(fee(300))).ownerEur).toBeCloseTo((await gains(spot)).ownerEur, -1)
  })
})
