import { type Frame, strideOf, thinned } from './frame.ts'

/** A line through values of slots, broken where they are `NaN`. */
export function line(frame: Frame, values: Float64Array, className: string): string {
  const points = placed(frame, values)
  const d = points.map(([x, y], k) =>
    y === null ? '' : `${k === 0 || points[k - 1]?.[1] === null ? 'M' : 'L'}${x} ${y}`,
  )
  return `<path d="${d.join('')}" class="line ${className}"/>`
}

/** Values that hold over their slot, filled down to zero. */
export function steps(frame: Frame, values: Float64Array, className: string): string {
  const zero = frame.y(0).toFixed(1)
  let d = ''
  let isOpen = false
  values.forEach((value, k) => {
    const isKnown = !Number.isNaN(value)
    if (isKnown) {
      const left = frame.x(k).toFixed(1)
      const y = frame.y(value).toFixed(1)
      d += isOpen ? `V${y}` : `M${left} ${zero}V${y}`
      d += `H${frame.x(k + 1).toFixed(1)}`
    } else if (isOpen) d += `V${zero}Z`
    isOpen = isKnown
  })
  return `<path d="${d}${isOpen ? `V${zero}Z` : ''}" class="${className}"/>`
}

/** The area between two lines. */
export function between(frame: Frame, low: Float64Array, high: Float64Array, className: string): string {
  const isWhole = ([, y]: Place) => y !== null
  const upper = placed(frame, high).filter(isWhole)
  const lower = placed(frame, low).filter(isWhole).reverse()
  const d = [...upper, ...lower].map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${x} ${y}`)
  return `<path d="${d.join('')}Z" class="${className}"/>`
}

type Place = readonly [x: string, y: string | null]

function placed(frame: Frame, values: Float64Array): Place[] {
  const stride = strideOf(values.length)
  return [...thinned(values, stride)].map((value, k) => {
    const x = frame.x(Math.min((k + 0.5) * stride, values.length)).toFixed(1)
    return [x, Number.isNaN(value) ? null : frame.y(value).toFixed(1)]
  })
}
