import { RecorderError } from '../adapters/duckdb/recorder-error.ts'
import { HttpServerError } from '../adapters/http/http-server-error.ts'
import { CredentialsError } from '../controller/credentials.ts'
import { MarketKeyError } from '../controller/market-service.ts'
import { SourceFileError } from '../controller/source-file-error.ts'
import { explain } from './terminal.ts'

/** 2 where the input or the configuration is at fault, 3 where the world is. */
export function exitCodeOf(error: unknown): 2 | 3 {
  if ([SourceFileError, CredentialsError, MarketKeyError].some((kind) => error instanceof kind)) return 2
  if (error instanceof RecorderError)
    return ['locked', 'corrupt', 'foreign', 'read-only'].includes(error.kind) ? 2 : 3
  if (error instanceof HttpServerError) return error.fault === 'port-in-use' ? 3 : 2
  return isCode(error, 'ENOENT') || isCode(error, 'EACCES') || isCode(error, 'EROFS') ? 2 : 3
}

/** What went wrong and, where it is plain, what to do. */
export function faultText(error: unknown): string {
  const why = explain(error)
  if (isCode(error, 'EADDRINUSE') || (error instanceof HttpServerError && error.fault === 'port-in-use')) {
    return `${why}\nAnother program listens there. Stop it, or set mqtt.port and http.port in a configuration file.`
  }
  return why
}

function isCode(error: unknown, code: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === code) return true
  }
  return false
}
