/** Who asks, as services want it: a name, a version, and where to write when we do something wrong. */
export function userAgent(version: string, contact: string | undefined): string {
  return `heatflex/${version} (${contact ?? 'heating controller; no contact configured'})`
}
