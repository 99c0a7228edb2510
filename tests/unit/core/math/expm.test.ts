import { expect, it } from 'vitest'
import { exactZoh } from '../../../../src/core/math/exact-zoh.ts'
import { expm } from '../../../../src/core/math/expm.ts'

it.each([
  { name: 'zero', matrix: [0, 0, 0, 0], expected: [1, 0, 0, 1] },
  { name: 'a diagonal', matrix: [1, 0, 0, -30], expected: [Math.E, 0, 0, Math.exp(-30)] },
  { name: 'a nilpotent matrix', matrix: [0, 1e3, 0, 0], expected: [1, 1e3, 0, 1] },
  {
    name: 'a rotation',
    matrix: [0, -3, 3, 0],
    expected: [Math.cos(3), -Math.sin(3), Math.sin(3), Math.cos(3)],
  },
])('exponentiates $name', ({ matrix, expected }) => {
  const e = expm(matrix, 2)
  expected.forEach((value, i) => {
    expect(Math.abs(e[i] - value)).toBeLessThan(1e-13 * Math.max(1, Math.abs(value)))
  })
})

it('undoes itself: exp(M) exp(−M) = I', () => {
  const m = [-2.1, 0.4, 1.3, 0.2, -0.9, 0.1, 0.7, 0.3, -4.2]
  const e = expm(m, 3)
  const back = expm(
    m.map((v) => -v),
    3,
  )
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      const sum = [0, 1, 2].reduce((total, k) => total + e[i * 3 + k] * back[k * 3 + j], 0)
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 11)
    }
  }
})

it('holds inputs exactly: two half steps are one whole step', () => {
  const a = [-1.2, 0.9, 0.05, -0.06]
  const b = [0.02, 0.3, 0, 0.01]
  const whole = exactZoh(a, b, 2, 0.5)
  const half = exactZoh(a, b, 2, 0.25)
  const advance = (
    m: { a: Float64Array; b: Float64Array },
    [x, y]: readonly number[],
    [u, w]: readonly number[],
  ) => [m.a[0] * x + m.a[1] * y + m.b[0] * u + m.b[1] * w, m.a[2] * x + m.a[3] * y + m.b[2] * u + m.b[3] * w]
  const once = advance(whole, [21, 18], [40, -10])
  const twice = advance(half, advance(half, [21, 18], [40, -10]), [40, -10])
  expect(twice[0]).toBeCloseTo(once[0], 12)
  expect(twice[1]).toBeCloseTo(once[1], 12)
})

it('settles where the losses equal the heat', () => {
  // C x' = −H x + u: a long step ends at u / H.
  const { a, b } = exactZoh([-0.5 / 10], [1 / 10], 1, 1e4)
  expect(a[0]).toBeLessThan(1e-12)
  expect(b[0]).toBeCloseTo(2, 10)
})
