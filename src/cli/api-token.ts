import { Option } from 'commander'

/** The token of a controller that wants one; in the environment no other user of the machine reads it. */
export function tokenOption(): Option {
  return new Option('--token <token>', 'what `http.tokenFile` of the controller holds').env('HEATFLEX_TOKEN')
}

export function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token.trim()}` }
}

export function tokenAdvice(status: number): string {
  return status === 401 ? ': give its token by --token or HEATFLEX_TOKEN' : ''
}
