/** A file of the configuration that cannot be used: the message names each fault with its place. */
export class SourceFileError extends Error {
  override readonly name = 'SourceFileError'
}
