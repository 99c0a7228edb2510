import { advance } from './advance.ts'
import { correct } from './correct.ts'
import { longest } from './direction.ts'
import { factor } from './factor.ts'
import { add, any, both, div, gt, le, max, min, mul, only, splat, sub, without } from './lanes.ts'
import { Pair } from './layout.ts'
import { predict } from './predict.ts'
import { centre } from './start.ts'

const TO_THE_EDGE: f64 = 0.995
// Near enough to a point of the path: this much complementarity of it, and what is left of the first dual residual, which
// was about as large as the distance, is this share of it.
const ABOVE: f64 = 1.003
const RESIDUAL: f64 = 0.05

/**
 * Follows the central path from the heat in the pair to where its inequalities cost `share` of the scale together, or
 * for `most` steps. There, unlike at the optimum, heat answers prices smoothly. A lane that has arrived stays.
 */
export function followPath(pair: Pair, far: v128, distance: f64, share: f64, most: i32): void {
  pair.mu = div(mul(splat(distance), far), splat(8 * <f64>pair.n))
  centre(pair)
  const floor = div(mul(splat(share), pair.scale), pair.rows)
  let rest = splat(1)
  pair.active = pair.finite
  pair.iterations = splat(0)
  for (let k = 0; k < most; k++) {
    const near = both(le(pair.mu, mul(splat(ABOVE), floor)), le(rest, splat((RESIDUAL * share) / distance)))
    pair.active = without(pair.active, near)
    if (!any(pair.active)) break
    factor(pair)
    predict(pair)
    pair.target = max(pair.target, floor)
    correct(pair)
    pair.stride = only(pair.active, min(splat(1), div(splat(TO_THE_EDGE), longest(pair))))
    pair.strideZ = pair.stride
    rest = sub(rest, mul(rest, pair.stride))
    pair.iterations = add(pair.iterations, only(pair.active, splat(1)))
    advance(pair)
  }
  const near = both(le(pair.mu, mul(splat(ABOVE), floor)), le(rest, splat((RESIDUAL * share) / distance)))
  pair.solved = only(both(near, gt(pair.scale, splat(0))), splat(1))
}
