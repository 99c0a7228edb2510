interface KeyFigureProps {
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly note: string
  readonly tone?: 'plain' | 'good' | 'bad' | 'spared' | 'stored'
}

export function KeyFigure({ name, value, unit, note, tone = 'plain' }: KeyFigureProps) {
  return (
    <div class="key-figure" data-tone={tone}>
      <dt>{name}</dt>
      <dd>
        <span class="value">
          {value} <small>{unit}</small>
        </span>
        <span class="note">{note}</span>
      </dd>
    </div>
  )
}
