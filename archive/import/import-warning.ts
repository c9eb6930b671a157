import { ArchiveError, type Details, type ErrorCode, explain } from '../errors.ts'
import type { ImportWarning } from '../model.ts'

/** A warning whose message is the English sentence of its code. `file` is a path inside the source. */
export function warning(code: ErrorCode, file: string, details: Details = {}): ImportWarning {
  return { file, code, message: explain(code, { file, ...details }), details }
}

/** An error met while one file or issue was read, as a warning; unknown errors become the given code. */
export function warningFrom(error: unknown, file: string, fallback: ErrorCode): ImportWarning {
  if (error instanceof ArchiveError) return warning(error.code, String(error.details.file ?? file), error.details)
  return warning(fallback, file, { reason: error instanceof Error ? error.message : String(error) })
}

/** Throws ArchiveError `cancelled` once the signal was given. */
export function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ArchiveError('cancelled')
}
