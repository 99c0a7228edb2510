import type { PlanJob } from '../core/plan/plan-job.ts'
import { isCounted } from '../core/plan/tariffs/counted-months.ts'
import type { Member } from './member.ts'
import { besideSpaceHeat } from './member-demand.ts'
import type { Outlook } from './outlook.ts'

/** The job with what its owner pays on the largest hour, where he does; quarter-hours stand for the hour. */
export function withPowerFee(job: PlanJob, member: Member, outlook: Outlook): PlanJob {
  const { powerFee: fee } = member.building.tariff
  if (fee?.on !== 'hour' || fee.eurPerKwMonth === 0) return job
  if (!isCounted(fee.months, outlook.start, outlook.timeZone)) return job
  const powerFee = {
    eurPerKw: fee.eurPerKwMonth * fee.billedMonths,
    soFarKw: fee.peakSoFarKw,
    besideKw: besideSpaceHeat(member, outlook),
  }
  return { ...job, powerFee }
}
