import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { refuse, type WeatherRefusal } from './weather-read.ts'

/** A node: its own text under `#text`, attributes with `@`, children by name. */
export type XmlNode = { readonly [name: string]: unknown }

// Names without their prefixes, text as it stands, every element a list: one shape whatever their number.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  alwaysCreateTextNode: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
})

/** A well-formed document without entities of its own, or why it is none. */
export function readXml(text: string): { readonly root: XmlNode } | WeatherRefusal {
  const start = text.trimStart()
  if (start === '') return refuse('empty', 'nothing came')
  if (!start.startsWith('<')) return refuse('not-xml', `it begins "${start.slice(0, 40)}"`)
  // No service of ours sends a document type; those who attack with entities must.
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refuse('doctype', 'it declares a document type')
  try {
    const valid = XMLValidator.validate(text)
    if (valid !== true) return refuse('not-xml', `${valid.err.msg} in line ${valid.err.line}`)
    const root: unknown = parser.parse(text)
    return isNode(root) ? { root } : refuse('not-xml', 'no element')
  } catch (error) {
    return refuse('not-xml', error instanceof Error ? error.message : String(error))
  }
}

function isNode(value: unknown): value is XmlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every element of that name below the node, in the order of the document; none within another. */
export function findAll(node: XmlNode, name: string): readonly XmlNode[] {
  const found: XmlNode[] = []
  const waiting: XmlNode[] = [node]
  for (let here = waiting.pop(); here; here = waiting.pop()) {
    const below = Object.entries(here).filter(([key]) => !key.startsWith('@') && key !== '#text')
    for (const [key, list] of below) if (key === name) found.push(...nodesOf(list))
    for (const [key, list] of below.reverse()) if (key !== name) waiting.push(...nodesOf(list).reverse())
  }
  return found
}

/** The first element of that name below the node. */
export function findFirst(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node && findAll(node, name)[0]
}

function nodesOf(list: unknown): XmlNode[] {
  return Array.isArray(list) ? list.filter(isNode) : []
}

export function textOf(node: XmlNode | undefined): string {
  const text = node?.['#text']
  return typeof text === 'string' ? text.trim() : ''
}

export function attributeOf(node: XmlNode | undefined, name: string): string {
  const text = node?.[`@${name}`]
  return typeof text === 'string' ? text : ''
}
