import { expect, it } from 'vitest'

it('stands', () => expect(1).toBe(1))
