import { z } from '@hono/zod-openapi'
import { REJECTION_CODES } from '../../../core/domain/rejection.ts'
import { instant } from './parts.ts'

export const rejectionSchema = z
  .object({
    at: instant,
    topic: z.string(),
    building: z.string().optional(),
    code: z.enum(REJECTION_CODES),
    detail: z.string(),
    head: z.string().describe('its first 200 bytes, printable'),
  })
  .openapi('Rejection')

export const auditEntrySchema = z
  .object({
    at: instant,
    actor: z.string(),
    action: z.string(),
    building: z.string().optional(),
    detail: z.string(),
  })
  .openapi('AuditEntry')
