/** One entry of a chart's key: a line, or an area. */
export function key(colour: string, text: string, isArea = false, opacity = 1): string {
  const style = isArea ? `background:var(--${colour});opacity:${opacity}` : `border-color:var(--${colour})`
  return `<span><i class="${isArea ? 'area' : ''}" style="${style}"></i>${text}</span>`
}
