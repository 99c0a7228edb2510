/** Energy Identification Codes of the bidding zones around the Baltic and the North Sea. */
const ZONES: ReadonlyMap<string, string> = new Map([
  ['AT', '10YAT-APG------L'],
  ['BE', '10YBE----------2'],
  ['DE-LU', '10Y1001A1001A82H'],
  ['DK1', '10YDK-1--------W'],
  ['DK2', '10YDK-2--------M'],
  ['EE', '10Y1001A1001A39I'],
  ['FI', '10YFI-1--------U'],
  ['FR', '10YFR-RTE------C'],
  ['LT', '10YLT-1001A0008Q'],
  ['LV', '10YLV-1001A00074'],
  ['NL', '10YNL----------L'],
  ['NO1', '10YNO-1--------2'],
  ['NO2', '10YNO-2--------T'],
  ['NO3', '10YNO-3--------J'],
  ['NO4', '10YNO-4--------9'],
  ['NO5', '10Y1001A1001A48H'],
  ['PL', '10YPL-AREA-----S'],
  ['SE1', '10Y1001A1001A44P'],
  ['SE2', '10Y1001A1001A45N'],
  ['SE3', '10Y1001A1001A46L'],
  ['SE4', '10Y1001A1001A47J'],
])

/** The code of a zone by its short name, or a code as it stands; undefined where it is neither. */
export function entsoeZone(zone: string): string | undefined {
  return ZONES.get(zone) ?? (/^[0-9]{2}[A-Z][A-Z0-9-]{12}[A-Z0-9]$/.test(zone) ? zone : undefined)
}
