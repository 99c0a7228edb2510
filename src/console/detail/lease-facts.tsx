import type { ComponentChildren } from 'preact'
import type { Building } from '../api-types.ts'
import { figure, signedFigure } from '../figures.ts'
import { leaseNow, stepText } from '../lease-now.ts'
import { timeNear } from '../local-time.ts'

interface LeaseFactsProps {
  readonly building: Building
  readonly at: number
}

export function LeaseFacts({ building: { lease, ack, overrides }, at }: LeaseFactsProps) {
  return (
    <section aria-labelledby="lease-title">
      <h3 id="lease-title">Setpoint</h3>
      {!lease && <p class="empty">No lease: the building follows its own curve.</p>}
      {lease && (
        <dl class="facts">
          <Row name="Lease">
            nr {lease.seq}, {timeNear(lease.validFrom, at)} to {timeNear(lease.validUntil, at)}
            {leaseNow(lease, at).kind === 'lapsed' && ', lapsed'}
          </Row>
          {lease.steps.map((step) => (
            <Row key={step.from} name={`from ${timeNear(step.from, at)}`}>
              {stepText(step)}
            </Row>
          ))}
          <Row name="Reason">
            <code>{lease.reason.code}</code>
          </Row>
        </dl>
      )}
      {ack && (
        <dl class="facts">
          <Row name="Device">
            {ack.state} nr {ack.seq} at {timeNear(ack.at, at)}
            {ack.reason && `: ${ack.reason}`}
          </Row>
          {Object.entries(ack.applied ?? {}).map(([name, value]) => (
            <Row key={name} name="In effect">
              {name} {figure(value, 1)}
            </Row>
          ))}
        </dl>
      )}
      {overrides.map(({ kind, deltaK, untilAt, by, zone }) => (
        <p class="override" key={`${by}${zone}${untilAt}`}>
          {by} asked for <b>{kind}</b> ({signedFigure(deltaK, 1)} K) {zone && `in ${zone} `}until{' '}
          {timeNear(untilAt, at)}
        </p>
      ))}
    </section>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
