import type { FleetView } from '../core/domain/views.ts'
import { bearer, tokenAdvice } from './api-token.ts'
import { standingOrderLines } from './order.ts'
import { explain, print, say } from './terminal.ts'

export interface StatusOptions {
  readonly url: string
  /** Where the API wants one. */
  readonly token?: string | undefined
  readonly json?: boolean | undefined
}

/** What a running controller is doing, in a few lines; 3 where none answers. */
export async function runStatus({ url, token, json }: StatusOptions): Promise<0 | 3> {
  const fleet = await fetchFleet(url, token)
  if (!fleet) return 3
  if (json) print(JSON.stringify(fleet))
  else for (const line of [...fleetLines(fleet), ...(await standingOrderLines({ url, token }))]) print(line)
  return 0
}

async function fetchFleet(url: string, token: string | undefined): Promise<FleetView | undefined> {
  try {
    const response = await fetch(new URL('/api/v1/fleet', url), {
      headers: bearer(token),
      signal: AbortSignal.timeout(10_000),
    })
    if (response.ok) return (await response.json()) as FleetView
    say(`${url} answered ${response.status} ${response.statusText}${tokenAdvice(response.status)}`)
  } catch (error) {
    say(`no controller answers at ${url}: ${explain(error)}`)
  }
  return undefined
}

function fleetLines(fleet: FleetView): string[] {
  const labels = [
    fleet.simulated ? 'SIMULATED buildings' : undefined,
    synthetic(fleet.prices, 'prices'),
    synthetic(fleet.weather, 'weather'),
  ]
  return [
    `heatflex ${fleet.version}, ${new Date(fleet.at).toISOString()}, ${labels.filter(Boolean).join(', ') || 'live'}`,
    `fleet ${kw(fleet.heatKw)}, on their curves about ${kw(fleet.curveHeatKw)}; last turn: ${fleet.lastTurn?.text ?? 'none yet'}`,
    ...fleet.buildings.map(
      ({ id, steeredBy, coldestC, warmestC, heatKw, lease }) =>
        `${id.padEnd(24)} ${steeredBy.padEnd(6)} ${celsius(coldestC)}–${celsius(warmestC)} ${kw(heatKw).padStart(10)}  ${lease?.reason.text ?? ''}`,
    ),
  ]
}

function synthetic(provenance: FleetView['prices'], what: string): string | undefined {
  return provenance?.kind === 'synthetic' ? `SYNTHETIC ${what}` : undefined
}

function kw(value: number | null): string {
  return value === null ? '– kW' : `${value.toFixed(0)} kW`
}

function celsius(value: number | null): string {
  return value === null ? '   –   ' : `${value.toFixed(1)} °C`
}
