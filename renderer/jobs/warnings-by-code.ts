import { isErrorCode, type ErrorCode } from '../../archive/errors.ts'
import type { ImportReport } from '../../electron/bridge/views.ts'
import { groupBy } from '../shared/grouping.ts'

type Warning = ImportReport['warnings'][number]

/** What an import could not understand, the most frequent kind first. */
export interface WarningGroup {
  /** Undefined for a code that this interface does not know: the importer's own sentence is shown. */
  code: ErrorCode | undefined
  warnings: Warning[]
}

/** Groups the warnings of a report by what went wrong. */
export function warningsByCode(warnings: readonly Warning[]): WarningGroup[] {
  return [...groupBy(warnings, (warning) => warning.code)]
    .map(([code, group]) => ({ code: isErrorCode(code) ? code : undefined, warnings: group }))
    .sort((one, other) => other.warnings.length - one.warnings.length)
}
