import type { ExpectationResult } from './expect.ts'

/** The expectations of a replay as JUnit's XML, one test case each, for CI to show. */
export function encodeJunit(name: string, results: readonly ExpectationResult[]): string {
  const failures = results.filter(({ isMet }) => !isMet).length
  const suite = `name="${escapeXml(name)}" tests="${results.length}" failures="${failures}" errors="0"`
  const cases = results.map((result) => testCase(name, result))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite ${suite}>`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n')
}

function testCase(name: string, { field, expected, actual, isMet }: ExpectationResult): string {
  const open = `  <testcase classname="${escapeXml(name)}" name="${escapeXml(`${field} is ${expected}`)}"`
  if (isMet) return `${open}/>`
  const message = escapeXml(`${field} is ${format(actual)}, expected ${expected}`)
  return `${open}>\n    <failure message="${message}"/>\n  </testcase>`
}

function format(actual: unknown): string {
  if (actual === undefined) return 'not in the report'
  return typeof actual === 'number' ? String(Math.round(actual * 1000) / 1000) : JSON.stringify(actual)
}

/** Text made safe for XML and HTML, inside elements and quoted attributes. */
export function escapeXml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  // XML has no way to write most control characters.
  const printable = text.replace(/\p{Cc}/gu, (c) => (c === '\n' || c === '\t' ? c : '?'))
  return printable.replace(/[&<>"']/g, (c) => entities[c] ?? c)
}
