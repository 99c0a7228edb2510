/*
 * Arithmetic on two buildings at once. A value holds the first building in its low half and the second in its high
 * half; no operation here mixes the halves, so what one building gets cannot depend on the other.
 * Only plain IEEE operations: no fused multiply-add, which would round differently from machine to machine.
 */

export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b)
}

export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b)
}

export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b)
}

export function div(a: v128, b: v128): v128 {
  return f64x2.div(a, b)
}

export function sqrt(a: v128): v128 {
  return f64x2.sqrt(a)
}

export function neg(a: v128): v128 {
  return f64x2.neg(a)
}

export function abs(a: v128): v128 {
  return f64x2.abs(a)
}

/** The lesser; where b is not a number, a. */
export function min(a: v128, b: v128): v128 {
  return f64x2.pmin(a, b)
}

/** The greater; where b is not a number, a. */
export function max(a: v128, b: v128): v128 {
  return f64x2.pmax(a, b)
}

/** All bits where a > b, none elsewhere. */
export function gt(a: v128, b: v128): v128 {
  return f64x2.gt(a, b)
}

export function le(a: v128, b: v128): v128 {
  return f64x2.le(a, b)
}

export function both(mask: v128, other: v128): v128 {
  return v128.and(mask, other)
}

export function either(mask: v128, other: v128): v128 {
  return v128.or(mask, other)
}

export function without(mask: v128, other: v128): v128 {
  return v128.andnot(mask, other)
}

/** The value where the mask is set, zero elsewhere, whatever the value. */
export function only(mask: v128, value: v128): v128 {
  return v128.and(mask, value)
}

export function pick(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask)
}

export function any(mask: v128): bool {
  return v128.any_true(mask)
}

/** Bit 0 for the first lane, bit 1 for the second. */
export function bits(mask: v128): i32 {
  return i64x2.bitmask(mask)
}

export function splat(value: f64): v128 {
  return f64x2.splat(value)
}

/** a b + c d */
export function dot2(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), f64x2.mul(c, d))
}

/** a b + c d + e f */
export function dot3(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.mul(a, b), f64x2.mul(c, d)), f64x2.mul(e, f))
}

/** z + stride dz, where dz = z (v − 1); `stay` is 1 − stride. */
export function grown(z: v128, v: v128, stride: v128, stay: v128): v128 {
  return mul(z, add(stay, mul(stride, v)))
}
