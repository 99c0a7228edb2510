import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { type Refused, refused } from './slots-read.ts'

const LISTS = new Set(['TimeSeries', 'Period', 'Point', 'Reason'])
const leaf = z.string().optional()

const point = z.object({ position: leaf, 'price.amount': leaf })
const period = z.object({
  timeInterval: z.object({ start: z.string(), end: z.string() }),
  resolution: z.string(),
  Point: z.array(point).default([]),
})
const timeSeries = z.object({
  'currency_Unit.name': leaf,
  'price_Measure_Unit.name': leaf,
  'contract_MarketAgreement.type': leaf,
  'classificationSequence_AttributeInstanceComponent.position': leaf,
  curveType: leaf,
  Period: z.array(period).default([]),
})
const publication = z.object({
  type: leaf,
  revisionNumber: leaf,
  createdDateTime: leaf,
  TimeSeries: z.array(timeSeries).default([]),
})
const acknowledgement = z.object({
  Reason: z.array(z.object({ code: leaf, text: leaf, message: leaf }).or(z.string())).default([]),
})

export type EntsoePeriod = z.output<typeof period>
export type EntsoeSeries = z.output<typeof timeSeries>
export type EntsoePublication = z.output<typeof publication>
export type EntsoeReason = z.output<typeof acknowledgement>['Reason'][number]

export type EntsoeDocument =
  | { readonly kind: 'publication'; readonly publication: EntsoePublication }
  | { readonly kind: 'acknowledgement'; readonly reasons: readonly EntsoeReason[] }

/** XML as one of the two documents that we understand; entities stay as they are written. */
export function readEntsoeXml(text: string): EntsoeDocument | Refused {
  if (text.trim() === '') return refused('no-data', 'an empty document')
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refused('doctype', 'a document type declaration')
  const root = parseTree(text)
  if ('ok' in root) return root
  const { name, tree } = root
  if (name === 'html') return refused('not-xml', 'a page for people')
  if (name === 'Publication_MarketDocument') {
    const read = publication.safeParse(tree)
    return read.success ? { kind: 'publication', publication: read.data } : fault(name, read.error)
  }
  if (name === 'Acknowledgement_MarketDocument') {
    const read = acknowledgement.safeParse(tree)
    return read.success ? { kind: 'acknowledgement', reasons: read.data.Reason } : fault(name, read.error)
  }
  return refused('other-document', `a ${name}`)
}

function parseTree(text: string): { readonly name: string; readonly tree: unknown } | Refused {
  const valid = XMLValidator.validate(text)
  if (valid !== true) return refused('not-xml', `line ${valid.err.line}: ${valid.err.msg}`)
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    removeNSPrefix: true,
    parseTagValue: false,
    processEntities: false,
    isArray: (name) => LISTS.has(name),
  })
  try {
    const tree: Record<string, unknown> = parser.parse(text)
    const [name, ...more] = Object.keys(tree)
    if (name === undefined || more.length > 0) return refused('not-xml', 'not one root element')
    return { name, tree: tree[name] }
  } catch (error) {
    return refused('not-xml', error instanceof Error ? error.message : 'not XML')
  }
}

function fault(name: string, error: z.ZodError): Refused {
  const issue = error.issues[0]
  return refused('other-document', `${name}: ${issue?.path.join('.')}: ${issue?.message}`)
}
