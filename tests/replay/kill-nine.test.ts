import { it } from 'vitest'
import { killNine } from '../fixtures/kill-nine.ts'

it('has every confirmed sample, every lease and every session after ten deaths under load', () =>
  killNine(10))
