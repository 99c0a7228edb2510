import type { Instant } from './instant.ts'

export interface Order {
  readonly id: string
  readonly kind: 'cap' | 'reduce' | 'increase' | 'emergency'
  readonly kw: number
  readonly from: Instant
  readonly until: Instant
  readonly branch?: string | undefined
  readonly note?: string | undefined
}
