import { describe, expect, it } from 'vitest'
import { readTelemetryCsv } from '../../../../src/adapters/files/telemetry-csv.ts'

const HEADER = 'at,indoorC,heatKw,outdoorC,solarWm2'
const row = (minute: number, rest = '21.1,40,-5,0') =>
  `2024-01-05T00:${String(minute).padStart(2, '0')}:00Z,${rest}`

describe('telemetry of one building', () => {
  it('is read with its gaps as they are', () => {
    const read = readTelemetryCsv([HEADER, row(0), row(15, ',41,-5,'), row(30), row(59)].join('\n'), 't.csv')
    if (!read.ok) throw new Error(JSON.stringify(read.faults))
    expect(read.telemetry.at).toHaveLength(4)
    expect(read.telemetry.columns.get('indoorC')?.[1]).toBeNaN()
    expect(read.telemetry.columns.get('heatKw')?.[1]).toBe(41)
    expect(read.notes.map(({ place, message }) => `${place} ${message}`)).toEqual([
      't.csv:5 1 gaps between rows, the longest of 0.48 h before this line',
      't.csv:3 indoorC: 1 empty cells',
      't.csv:3 solarWm2: 1 empty cells',
    ])
  })

  it('passes over columns that it does not know, and says so', () => {
    const read = readTelemetryCsv([`${HEADER},mood`, `${row(0)},7`, `${row(15)},8`].join('\n'), 't.csv')
    expect(read.ok && read.notes).toEqual([
      { place: 't.csv:1', message: 'the column "mood" is not known here and is passed over' },
    ])
  })

  it.each([
    { header: 'at,heatKw,outdoorC', says: 'there is no column "indoorC"' },
    { header: 'at,indoorC,outdoorC', says: 'there is neither a column "heatKw" nor "totalHeatKw"' },
    { header: 'at,indoorC,outdoorC,heatKw,totalHeatKw', says: 'which is it?' },
  ])('refuses the header $header', ({ header, says }) => {
    const read = readTelemetryCsv(`${header}\n2024-01-05T00:00:00Z,1,2,3,4`, 't.csv')
    expect(read.ok).toBe(false)
    expect(!read.ok && read.faults.map(({ message }) => message).join('; ')).toContain(says)
  })

  it('names a decimal comma and a word where a number belongs', () => {
    const read = readTelemetryCsv([HEADER, row(0, 'warm,40,-5,0')].join('\n'), 't.csv')
    expect(!read.ok && read.faults[0]).toMatchObject({ place: 't.csv:2' })
  })
})
