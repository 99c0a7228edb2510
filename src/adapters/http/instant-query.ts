import { z } from '@hono/zod-openapi'
import { instantField } from '../../core/devices/instant-field.ts'

/** Epoch milliseconds or ISO 8601 with an offset, as a query carries it. */
export const instantQuery = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : withPlus(text)))
  .pipe(instantField)
  .openapi({ type: 'string', example: '2025-01-14T00:00:00+02:00' })

// An unescaped `+` of a query arrives as a space.
function withPlus(text: string): string {
  return text.replace(/ (?=\d\d:?\d\d$)/, '+')
}
