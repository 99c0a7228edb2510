import type { Building } from '../api-types.ts'
import { figure } from '../figures.ts'

/** What we believe of the house, folded away: it explains a plan, it is not watched. */
export function ModelFacts({ building: { model, modelSource } }: { readonly building: Building }) {
  const lossKwPerK = model.airLossKwPerK + model.massLossKwPerK
  return (
    <details class="model">
      <summary>
        Model of the building ({modelSource === 'prior' ? 'assumed from its kind' : 'configured'})
      </summary>
      <dl class="facts">
        <Row name="Heat loss" text={`${figure(lossKwPerK, 2)} kW/K`} />
        <Row name="Held by the structure" text={`${figure(model.massKwhPerK)} kWh/K`} />
        <Row name="Held by air and furniture" text={`${figure(model.airKwhPerK, 1)} kWh/K`} />
        <Row name="Between them" text={`${figure(model.couplingKwPerK, 1)} kW/K`} />
        <Row name="Sun through" text={`${figure(model.apertureM2)} m²`} />
        <Row name="People and appliances" text={`${figure(model.gainsKw, 1)} kW`} />
      </dl>
    </details>
  )
}

function Row({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  )
}
