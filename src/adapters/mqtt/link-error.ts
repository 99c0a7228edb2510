/** The way to the buildings is not there: what was to be sent was not, or nobody says whether it was. */
export class LinkError extends Error {
  override readonly name = 'LinkError'
}
