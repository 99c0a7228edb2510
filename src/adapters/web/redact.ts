/** Query parameters and headers under which services take keys. */
const KEYED =
  /((?:security[-_]?token|api[-_]?key|x-api-key|token|apikey|key|password)["']?\s*[=:]\s*["']?)[^&\s"'<>]+/gi

/** Text without our keys, in whatever spelling a URL or a service's own message repeats them. */
export function redact(text: string, secrets: readonly string[]): string {
  const spellings = secrets
    .filter((secret) => secret.length > 0)
    .flatMap((secret) => [secret, encodeURIComponent(secret), secret.replaceAll(' ', '+')])
  return spellings
    .reduce((clean, spelling) => clean.replaceAll(spelling, '***'), text)
    .replace(KEYED, '$1***')
}
