import type { PlanJob } from '../core/plan/plan-job.ts'
import { isCounted } from '../core/plan/tariffs/counted-months.ts'
import { countedBesideKw } from '../core/plan/tariffs/power-fee.ts'
import type { Member } from './member.ts'
import { besideSpaceHeat } from './member-demand.ts'
import type { Outlook } from './outlook.ts'

/** The job with what its owner pays for power, where he does; quarter-hours stand for the hour. */
export function withPowerFee(
  job: PlanJob,
  member: Pick<Member, 'building' | 'timeline'>,
  outlook: Pick<Outlook, 'start' | 'slots' | 'timeZone' | 'outdoorC'>,
): PlanJob {
  const { powerFee: fee } = member.building.tariff
  if (!fee || fee.eurPerKwMonth === 0) return job
  const { start, timeZone } = outlook
  if (!isCounted(fee.months, start, timeZone)) return job
  const load = { start, timeZone, heatKw: job.curveHeatKw }
  const powerFee = {
    eurPerKw: fee.eurPerKwMonth * fee.billedMonths,
    soFarKw: fee.peakSoFarKw,
    besideKw: countedBesideKw(fee, load, besideSpaceHeat(member, outlook)),
  }
  return { ...job, powerFee }
}
