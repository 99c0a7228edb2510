import { columnsOf, Loop } from './answer-columns.ts'

/** Rolls the columns of n steps out in the closed loop; sums += what they are. */
export function rollColumns<T>(loop: Loop, n: i32, sums: usize): void {
  const row = <usize>(16 * n)
  let j = 0
  for (; j + 4 <= n; j += 4) rollFour<T>(loop, n, j, sums + <usize>j * row)
  for (; j < n; j++) rollOne<T>(loop, n, j, j + 1, n, sums + <usize>j * row)
}

/** Four columns from step j on; what they have before the last of them has begun is rolled out one by one. */
function rollFour<T>(loop: Loop, n: i32, j: i32, sums: usize): void {
  const row = <usize>(16 * n)
  for (let h = 0; h < 3; h++) rollOne<T>(loop, n, j + h, j + h + 1, j + 4, sums + <usize>h * row)
  const a11 = loop.a11
  const a12 = loop.a12
  const a14 = loop.a14
  const a21 = loop.a21
  const a22 = loop.a22
  const a24 = loop.a24
  const a44 = loop.a44
  const b1 = loop.b1
  const b2 = loop.b2
  const b4 = loop.b4
  const columns = columnsOf(loop)
  const start = columns + <usize>(16 * j)
  let x0 = v128.load(start)
  let x1 = v128.load(start, 16)
  let x2 = v128.load(start, 32)
  let x3 = v128.load(start, 48)
  let y0 = v128.load(start + row)
  let y1 = v128.load(start + row, 16)
  let y2 = v128.load(start + row, 32)
  let y3 = v128.load(start + row, 48)
  let v0 = v128.load(start + 2 * row)
  let v1 = v128.load(start + 2 * row, 16)
  let v2 = v128.load(start + 2 * row, 32)
  let v3 = v128.load(start + 2 * row, 48)
  let q0 = v128.load(start + 6 * row)
  let q1 = v128.load(start + 6 * row, 16)
  let q2 = v128.load(start + 6 * row, 32)
  let q3 = v128.load(start + 6 * row, 48)
  const feedback = columns + 3 * row
  for (let i = j + 4; i < n; i++) {
    const at = <usize>(16 * i)
    const k1 = v128.load(feedback + at)
    const k2 = v128.load(feedback + row + at)
    const k3 = v128.load(feedback + 2 * row + at)
    v0 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x0), v128.mul<T>(k2, y0)), v128.mul<T>(k3, v0))
    v1 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x1), v128.mul<T>(k2, y1)), v128.mul<T>(k3, v1))
    v2 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x2), v128.mul<T>(k2, y2)), v128.mul<T>(k3, v2))
    v3 = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x3), v128.mul<T>(k2, y3)), v128.mul<T>(k3, v3))
    if (LAGGED) {
      const k4 = v128.load(feedback + 4 * row + at)
      v0 = v128.add<T>(v0, v128.mul<T>(k4, q0))
      v1 = v128.add<T>(v1, v128.mul<T>(k4, q1))
      v2 = v128.add<T>(v2, v128.mul<T>(k4, q2))
      v3 = v128.add<T>(v3, v128.mul<T>(k4, q3))
    }
    const to = sums + at
    v128.store(to, v128.add<T>(v128.load(to), v0))
    v128.store(to + row, v128.add<T>(v128.load(to + row), v1))
    v128.store(to + 2 * row, v128.add<T>(v128.load(to + 2 * row), v2))
    v128.store(to + 3 * row, v128.add<T>(v128.load(to + 3 * row), v3))
    const n0 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x0), v128.mul<T>(a12, y0)), v128.mul<T>(b1, v0))
    const n1 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x1), v128.mul<T>(a12, y1)), v128.mul<T>(b1, v1))
    const n2 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x2), v128.mul<T>(a12, y2)), v128.mul<T>(b1, v2))
    const n3 = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x3), v128.mul<T>(a12, y3)), v128.mul<T>(b1, v3))
    y0 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x0), v128.mul<T>(a22, y0)), v128.mul<T>(b2, v0))
    y1 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x1), v128.mul<T>(a22, y1)), v128.mul<T>(b2, v1))
    y2 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x2), v128.mul<T>(a22, y2)), v128.mul<T>(b2, v2))
    y3 = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x3), v128.mul<T>(a22, y3)), v128.mul<T>(b2, v3))
    x0 = n0
    x1 = n1
    x2 = n2
    x3 = n3
    if (LAGGED) {
      x0 = v128.add<T>(x0, v128.mul<T>(a14, q0))
      x1 = v128.add<T>(x1, v128.mul<T>(a14, q1))
      x2 = v128.add<T>(x2, v128.mul<T>(a14, q2))
      x3 = v128.add<T>(x3, v128.mul<T>(a14, q3))
      y0 = v128.add<T>(y0, v128.mul<T>(a24, q0))
      y1 = v128.add<T>(y1, v128.mul<T>(a24, q1))
      y2 = v128.add<T>(y2, v128.mul<T>(a24, q2))
      y3 = v128.add<T>(y3, v128.mul<T>(a24, q3))
      q0 = v128.add<T>(v128.mul<T>(a44, q0), v128.mul<T>(b4, v0))
      q1 = v128.add<T>(v128.mul<T>(a44, q1), v128.mul<T>(b4, v1))
      q2 = v128.add<T>(v128.mul<T>(a44, q2), v128.mul<T>(b4, v2))
      q3 = v128.add<T>(v128.mul<T>(a44, q3), v128.mul<T>(b4, v3))
    }
  }
}

/** Column j over the steps `[from, to)`; leaves it there for who goes on. */
function rollOne<T>(loop: Loop, n: i32, j: i32, from: i32, to: i32, sums: usize): void {
  const row = <usize>(16 * n)
  const a11 = loop.a11
  const a12 = loop.a12
  const a14 = loop.a14
  const a21 = loop.a21
  const a22 = loop.a22
  const a24 = loop.a24
  const a44 = loop.a44
  const b1 = loop.b1
  const b2 = loop.b2
  const b4 = loop.b4
  const columns = columnsOf(loop)
  const start = columns + <usize>(16 * j)
  let x = v128.load(start)
  let y = v128.load(start + row)
  let v = v128.load(start + 2 * row)
  let q = v128.load(start + 6 * row)
  const feedback = columns + 3 * row
  for (let i = from; i < to; i++) {
    const at = <usize>(16 * i)
    const k1 = v128.load(feedback + at)
    const k2 = v128.load(feedback + row + at)
    const k3 = v128.load(feedback + 2 * row + at)
    v = v128.add<T>(v128.add<T>(v128.mul<T>(k1, x), v128.mul<T>(k2, y)), v128.mul<T>(k3, v))
    if (LAGGED) v = v128.add<T>(v, v128.mul<T>(v128.load(feedback + 4 * row + at), q))
    v128.store(sums + at, v128.add<T>(v128.load(sums + at), v))
    const next = v128.add<T>(v128.add<T>(v128.mul<T>(a11, x), v128.mul<T>(a12, y)), v128.mul<T>(b1, v))
    y = v128.add<T>(v128.add<T>(v128.mul<T>(a21, x), v128.mul<T>(a22, y)), v128.mul<T>(b2, v))
    x = next
    if (LAGGED) {
      x = v128.add<T>(x, v128.mul<T>(a14, q))
      y = v128.add<T>(y, v128.mul<T>(a24, q))
      q = v128.add<T>(v128.mul<T>(a44, q), v128.mul<T>(b4, v))
    }
  }
  v128.store(start, x)
  v128.store(start + row, y)
  v128.store(start + 2 * row, v)
  if (LAGGED) v128.store(start + 6 * row, q)
}
