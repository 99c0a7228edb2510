import type { Fleet } from '../api-types.ts'
import type { DeskState } from '../desk-state.ts'
import { figure } from '../figures.ts'
import { clockTime, localDay, zoneName } from '../local-time.ts'

interface TopBarProps {
  readonly fleet: Fleet
  readonly at: number
  readonly connection: DeskState['connection']
}

export function TopBar({ fleet, at, connection }: TopBarProps) {
  return (
    <header class="top">
      <h1>heatflex</h1>
      <ul class="loud" aria-label="What is not real here">
        {unreal(fleet).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {fleet.speed !== 1 && <span class="speed">time runs {figure(fleet.speed)}× as fast</span>}
      <span class="link" data-state={connection}>
        {connection === 'live' ? 'live' : connection === 'lost' ? 'no connection' : 'connecting'}
      </span>
      <time class="now" dateTime={new Date(at).toISOString()}>
        {localDay(at)} <b>{clockTime(at)}</b> {zoneName(at)}
      </time>
    </header>
  )
}

/** Loud on purpose: nobody may take a rehearsal for the plant. */
function unreal({ simulated, buildings, prices, weather }: Fleet): string[] {
  const simulations = buildings.filter((building) => building.simulated).length
  const words: string[] = []
  if (simulated) words.push('SIMULATED buildings')
  else if (simulations > 0) words.push(`${simulations} SIMULATED buildings`)
  if (prices?.kind === 'synthetic') words.push('SYNTHETIC prices')
  if (weather?.kind === 'synthetic') words.push('SYNTHETIC weather')
  return words
}
