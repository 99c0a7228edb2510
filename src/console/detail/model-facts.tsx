import type { Building } from '../api-types.ts'
import { figure } from '../figures.ts'
import { estimateText, modelOrigin } from '../identification-words.ts'

/** What we believe of the house, folded away: it explains a plan, it is not watched. */
export function ModelFacts({ building }: { readonly building: Building }) {
  const { model, identification } = building
  const lossKwPerK = model.airLossKwPerK + model.massLossKwPerK
  return (
    <details class="model">
      <summary>Model of the building ({modelOrigin(building)})</summary>
      <dl class="facts">
        <Row name="Heat loss" text={`${figure(lossKwPerK, 2)} kW/K`} />
        <Row name="Held by the structure" text={`${figure(model.massKwhPerK)} kWh/K`} />
        <Row name="Held by air and furniture" text={`${figure(model.airKwhPerK, 1)} kWh/K`} />
        <Row name="Between them" text={`${figure(model.couplingKwPerK, 1)} kW/K`} />
        <Row name="Sun through" text={`${figure(model.apertureM2)} m²`} />
        <Row name="People and appliances" text={`${figure(model.gainsKw, 1)} kW`} />
        {identification && <LearnedRows identification={identification} />}
      </dl>
    </details>
  )
}

interface LearnedProps {
  readonly identification: NonNullable<Building['identification']>
}

/** With 95 % intervals, whether or not plans go by it yet. */
function LearnedRows({ identification }: LearnedProps) {
  const { heatLossKwPerK, timeConstantHours, dayAheadRmseK, persistenceRmseK, days } = identification
  if (!heatLossKwPerK) return null
  const asNow =
    persistenceRmseK === null ? '' : `; saying “as now” misses by ${figure(persistenceRmseK, 2)} K`
  return (
    <>
      <Row
        name={`Heat loss learned from ${figure(days)} days`}
        text={`${estimateText(heatLossKwPerK, 2)} kW/K`}
      />
      {timeConstantHours && <Row name="Time constant" text={`${estimateText(timeConstantHours, 0)} h`} />}
      <Row name="Rooms 24 h ahead missed by" text={`${figure(dayAheadRmseK, 2)} K${asNow}`} />
    </>
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
