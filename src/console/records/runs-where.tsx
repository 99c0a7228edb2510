import type { Fleet, Health, Provenance } from '../api-types.ts'
import { figure } from '../figures.ts'
import { timeAgo, timeNear, zoneName } from '../local-time.ts'

interface RunsWhereProps {
  readonly fleet: Fleet
  readonly health: Health | null
  readonly at: number
}

export function RunsWhere({ fleet, health, at }: RunsWhereProps) {
  const { lastTurn, simulated, buildings } = fleet
  const reasons = health?.reasons ?? []
  return (
    <section class="runs" aria-labelledby="runs-title">
      <h2 id="runs-title">What runs where</h2>
      {reasons.length > 0 && (
        <ul class="reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      <dl class="facts">
        <Fact
          name="Controller"
          text={`heatflex ${fleet.version}, up since ${timeNear(fleet.startedAt, at)}`}
        />
        <Fact
          name="Broker"
          text={`${fleet.broker}${health?.brokerConnected === false ? ', NOT connected' : ''}`}
        />
        <Fact
          name="Store"
          text={`${fleet.store}${health?.storeWritable === false ? ', NOT writable' : ''}`}
        />
        <Fact name="Buildings" text={`${buildings.length}, ${simulated ? 'SIMULATED' : 'real'}`} />
        <Fact name="Prices" text={sourceText(fleet.prices, at)} />
        <Fact name="Weather" text={sourceText(fleet.weather, at)} />
        {lastTurn && (
          <Fact
            name="Last turn"
            text={`${timeNear(lastTurn.at, at)}, took ${figure(lastTurn.tookMs)} ms: ${lastTurn.planned} planned, ${lastTurn.leased} leased, ${lastTurn.onCurve} on their curves`}
          />
        )}
        <Fact name="Times" text={`your clock, ${zoneName(at)}`} />
      </dl>
    </section>
  )
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  )
}

function sourceText(of: Provenance | null, at: number): string {
  if (!of) return 'none yet'
  const source = of.kind === 'synthetic' ? 'SYNTHETIC' : `${of.source} (${of.kind})`
  const standIn = of.standsInFor ? `, stands in for ${of.standsInFor}` : ''
  return `${source}, issued ${timeAgo(of.issuedAt, at)}${standIn}`
}
