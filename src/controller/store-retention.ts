import type { Config } from '../config.ts'

/** How long the store keeps what, as configured. */
export function storeRetention({ store }: Pick<Config, 'store'>) {
  return {
    telemetryDays: store.keepTelemetryDays,
    downsampleAfterDays: store.downsampleAfterDays,
    plansDays: store.keepPlansDays,
    forecastsDays: store.keepForecastsDays,
    leasesDays: store.keepLeasesDays,
    acksDays: store.keepAcksDays,
    rejectionsDays: store.keepRejectionsDays,
    auditDays: store.keepAuditDays,
    ordersDays: store.keepOrdersDays,
  }
}
