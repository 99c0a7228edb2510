import { type Instant, SLOT_MS } from '../../core/domain/instant.ts'
import { type Curve, type PeriodRead, readPeriod } from './entsoe-period.ts'
import { type EntsoePublication, type EntsoeReason, type EntsoeSeries, readEntsoeXml } from './entsoe-xml.ts'
import { type Piece, PRICE_RULES, piecesOntoSlots } from './pieces-onto-slots.ts'
import { readUtc } from './read-utc.ts'
import { type Refused, refused, type SlotsRead } from './slots-read.ts'

/** Day-ahead prices (A44) of ENTSO-E's Transparency Platform, EUR/MWh. */
export function parseEntsoe(text: string): SlotsRead {
  const read = readEntsoeXml(text)
  if ('ok' in read) return read
  return read.kind === 'acknowledgement' ? acknowledged(read.reasons) : published(read.publication)
}

/** No answer, but an answer why: most often that nothing is published yet. */
function acknowledged(reasons: readonly EntsoeReason[]): Refused {
  const detail = reasons
    .map((reason) =>
      typeof reason === 'string' ? reason : `${reason.code ?? ''} ${reason.text ?? reason.message ?? ''}`,
    )
    .join('; ')
    .trim()
  const isAbsent = /no matching data|no data found|not available/i.test(detail)
  return refused(isAbsent ? 'no-data' : 'service-error', detail || 'without a reason')
}

function published(document: EntsoePublication): SlotsRead {
  if (document.type !== 'A44')
    return refused('other-document', `type ${document.type}, where A44 is expected`)
  const notes: string[] = []
  const daily = document.TimeSeries.filter((series) => isDaily(series, notes))
  const faults = daily.map(fault)
  const sound = daily.filter((_, k) => faults[k] === undefined)
  const firstFault = faults.find((one) => one !== undefined)
  if (sound.length === 0) return firstFault ?? refused('no-data', 'no daily series in it')
  if (firstFault) notes.push(`a series left aside: ${firstFault.detail}`)
  const chosen = lowestSequence(sound, notes)
  const periods: PeriodRead[] = []
  for (const series of chosen) {
    for (const period of series.Period) {
      const read = readPeriod(period, curveOf(series))
      if ('ok' in read) return read
      periods.push(read)
    }
  }
  const created = readUtc(document.createdDateTime ?? '')
  return piecesOntoSlots(finestFirst(periods, notes), PRICE_RULES, {
    notes,
    issuedAt: Number.isNaN(created) ? undefined : created,
  })
}

/** Intraday auctions come under the same document type. */
function isDaily(series: EntsoeSeries, notes: string[]): boolean {
  const contract = series['contract_MarketAgreement.type'] ?? 'A01'
  if (contract !== 'A01') notes.push(`a series of contract type ${contract} left aside`)
  return contract === 'A01'
}

function fault(series: EntsoeSeries): Refused | undefined {
  const currency = series['currency_Unit.name']
  const unit = series['price_Measure_Unit.name']
  if (currency !== 'EUR') return refused('currency', `${currency ?? 'none'}, where EUR is expected`)
  if (unit !== 'MWH') return refused('unit', `a price per ${unit ?? 'nothing'}, where MWH is expected`)
  const { curveType = 'A01' } = series
  if (curveType !== 'A01' && curveType !== 'A03') return refused('curve', `curve type ${curveType}`)
  return undefined
}

function curveOf({ curveType }: EntsoeSeries): Curve {
  return curveType === 'A03' ? 'A03' : 'A01'
}

/** Auctions of one zone are numbered; the first is the coupled one, the others are no stand-in for it. */
function lowestSequence(series: readonly EntsoeSeries[], notes: string[]): readonly EntsoeSeries[] {
  const lowest = Math.min(...series.map(sequenceOf))
  const chosen = series.filter((one) => sequenceOf(one) === lowest)
  const aside = series.length - chosen.length
  if (aside > 0) notes.push(`${aside} series of another auction left aside, sequence ${lowest} taken`)
  return chosen
}

function sequenceOf(series: EntsoeSeries): number {
  const position = series['classificationSequence_AttributeInstanceComponent.position'] ?? '1'
  return /^\d{1,3}$/.test(position) ? Number(position) : Number.MAX_SAFE_INTEGER
}

/** Where two resolutions tell of the same slot the finer is the market's own; of equals the later corrects. */
function finestFirst(periods: readonly PeriodRead[], notes: string[]): Piece[] {
  const slots = new Map<Instant, Piece>()
  const ownerMs = new Map<Instant, number>()
  let corrected = 0
  let hidden = 0
  for (const { stepMs, pieces } of periods) {
    for (const { from, to, value, cause } of pieces) {
      for (let at = from; at < to; at += SLOT_MS) {
        const owner = ownerMs.get(at) ?? Number.POSITIVE_INFINITY
        if (owner < stepMs) hidden++
        if (owner < stepMs) continue
        if (owner > stepMs && owner !== Number.POSITIVE_INFINITY) hidden++
        if (owner === stepMs && !Object.is(slots.get(at)?.value, value)) corrected++
        ownerMs.set(at, stepMs)
        slots.set(at, { from: at, to: at + SLOT_MS, value, cause })
      }
    }
  }
  if (hidden > 0) notes.push(`${hidden} slots told in two resolutions, the finer taken`)
  if (corrected > 0) notes.push(`${corrected} slots told twice, the later taken`)
  return [...slots.values()]
}
