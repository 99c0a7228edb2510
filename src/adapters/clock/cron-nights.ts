import { schedule } from 'node-cron'
import type { Nights } from '../../controller/ports.ts'

/** Nights by the wall clock of a place: `at` is `02:30`. A clock change neither skips nor doubles one. */
export function createCronNights({
  at,
  timeZone,
}: {
  readonly at: string
  readonly timeZone: string
}): Nights {
  const [hour, minute] = at.split(':').map(Number)
  return {
    start(onNight) {
      const task = schedule(`${minute} ${hour} * * *`, onNight, { timezone: timeZone, noOverlap: true })
      return () => void task.destroy()
    },
  }
}
