export type HttpServerFault = 'port-in-use' | 'not-allowed' | 'bad-address' | 'token-missing' | 'token-short'

/** The server could not start; `fault` says why. */
export class HttpServerError extends Error {
  override readonly name = 'HttpServerError'
  readonly fault: HttpServerFault

  constructor(fault: HttpServerFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}
