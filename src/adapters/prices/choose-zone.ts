/** The first zone of several, said aloud: only `inspect` asks without naming one. */
export function chooseZone(zones: readonly string[], notes: string[]): string | undefined {
  if (zones.length > 1) notes.push(`zones ${zones.join(', ')} are in it, ${zones[0]} is shown`)
  return zones[0]
}
