import type { FleetPlan } from '../api-types.ts'
import { figure } from '../figures.ts'
import { clockTime } from '../local-time.ts'
import { brokenCapWords, fullest, type Place, type Together } from '../network-words.ts'

/** Plant and branches: what the plan of the day ahead sends through them, against what they bear. */
export function NetworkPanel({ plan, at }: { readonly plan: FleetPlan | null; readonly at: number }) {
  const together = plan?.together
  if (!together) return null
  const shown = together.places.filter(({ flowKw }) => flowKw !== null)
  return (
    <section class="network" aria-labelledby="network-title">
      <h2 id="network-title">The fleet as one plant</h2>
      <p class="turn">{provenWords(together)}</p>
      {brokenCapWords(together) && <p class="turn">{brokenCapWords(together)}</p>}
      {shown.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col" class="number">
                Flow now, kW
              </th>
              <th scope="col" class="number">
                Fullest in 24 h, kW
              </th>
              <th scope="col">Against its cap</th>
              <th scope="col" class="number">
                Marginal heat, EUR/MWh
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((place) => (
              <PlaceRow key={place.branch ?? ''} place={place} together={together} at={at} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

interface PlaceRowProps {
  readonly place: Place
  readonly together: Together
  readonly at: number
}

function PlaceRow({ place, together, at }: PlaceRowProps) {
  const { branch, capKw, flowKw, marginalEurPerMwh } = place
  const now = Math.max(0, Math.floor((at - together.start) / together.stepMs))
  const most = fullest(place, together, now)
  return (
    <tr>
      <th scope="row">{branch ?? 'plant'}</th>
      <td class="number">{figure(flowKw?.[now])}</td>
      <td class="number">
        {most ? (
          <>
            {figure(most.kw)} <small>at {clockTime(most.at)}</small>
          </>
        ) : (
          figure(null)
        )}
      </td>
      <td>
        {capKw === null || !most ? (
          <small>no cap</small>
        ) : (
          <span class="load" data-full={most.kw > capKw}>
            <meter min={0} max={capKw} value={Math.min(capKw, most.kw)} /> {figure((100 * most.kw) / capKw)} %
            of {figure(capKw)} kW
          </span>
        )}
      </td>
      <td class="number">{figure(marginalEurPerMwh?.[now], 1)}</td>
    </tr>
  )
}

function provenWords({ gap, status, excluded }: Together): string {
  const proven =
    status === 'solved'
      ? `No plan is cheaper than this one by more than ${figure(100 * Math.max(gap, 0), 3)} % of the bill for heat.`
      : `The plan was cut short: a better one may be cheaper by ${figure(100 * gap, 2)} % of the bill for heat.`
  if (excluded.length === 0) return proven
  return `${proven} Left on their curves, for their models cannot be planned with: ${excluded.join(', ')}.`
}
