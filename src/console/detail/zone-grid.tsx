import type { Building, Zone } from '../api-types.ts'
import { figure } from '../figures.ts'

/** Every room or dwelling, coldest first; those whose sensor does not count are said to. */
export function ZoneGrid({ building: { zones, comfort } }: { readonly building: Building }) {
  if (zones.length === 0) return <p class="empty">No room sensor: comfort is not claimed here.</p>
  const sorted = [...zones].sort((a, b) => (a.indoorC ?? 99) - (b.indoorC ?? 99))
  return (
    <section aria-labelledby="zones-title">
      <h3 id="zones-title">Rooms, °C</h3>
      <ul class="zones">
        {sorted.map((zone) => (
          <li key={zone.zone} data-state={standing(zone, comfort)}>
            <b>{figure(zone.indoorC, 1)}</b>
            <span>{zone.zone}</span>
            {zone.state !== 'ok' && <em>{zone.state.replaceAll('-', ' ')}</em>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function standing({ indoorC, state }: Zone, { minC, maxC }: Building['comfort']): string {
  if (state !== 'ok' || indoorC === null) return 'unsure'
  if (indoorC < minC) return 'cold'
  return indoorC > maxC ? 'warm' : 'ok'
}
