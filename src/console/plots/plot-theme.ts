import { useEffect, useState } from 'preact/hooks'

/** The style sheet owns the colours; a canvas has to be told them. */
export interface PlotTheme {
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly strongLine: string
  readonly surface: string
  readonly heat: string
  readonly curve: string
  readonly stored: string
  readonly spared: string
  readonly price: string
  readonly priceFill: string
  readonly outdoor: string
  readonly indoor: string
  readonly band: string
  readonly likely: string
  readonly font: string
  readonly remPx: number
}

const dark = window.matchMedia('(prefers-color-scheme: dark)')

/** Changes when the operator's system goes dark or light. */
export function usePlotTheme(): PlotTheme {
  const [theme, setTheme] = useState(readTheme)
  useEffect(() => {
    const follow = () => setTheme(readTheme())
    dark.addEventListener('change', follow)
    return () => dark.removeEventListener('change', follow)
  }, [])
  return theme
}

function readTheme(): PlotTheme {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: colour('ink'),
    muted: colour('muted'),
    line: colour('line'),
    strongLine: colour('strong-line'),
    surface: colour('surface'),
    heat: colour('heat'),
    curve: colour('curve'),
    stored: colour('stored'),
    spared: colour('spared'),
    price: colour('price'),
    priceFill: colour('price-fill'),
    outdoor: colour('outdoor'),
    indoor: colour('indoor'),
    band: colour('band'),
    likely: colour('likely'),
    remPx: parseFloat(style.fontSize),
    font: `${Math.round(parseFloat(style.fontSize) * 0.82)}px ${style.fontFamily}`,
  }
}
