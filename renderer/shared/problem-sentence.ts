import { ArchiveError, explain, isErrorCode, type Details, type Language } from '../../archive/errors.ts'

function languageOf(locale: string): Language {
  return locale === 'zh-Hans' || locale === 'zh-Hant' ? locale : 'en'
}

function partsOf(error: unknown): { code: unknown; details: Details } {
  if (error instanceof ArchiveError) return error
  if (typeof error === 'object' && error !== null && 'code' in error) {
    const details = 'details' in error && typeof error.details === 'object' ? error.details : undefined
    return { code: error.code, details: { ...details } as Details }
  }
  return { code: undefined, details: {} }
}

/** The sentence for an `ArchiveError` or a `Problem`, in the language of the interface. */
export function problemSentence(error: unknown, locale: string): string {
  const { code, details } = partsOf(error)
  return explain(isErrorCode(code) ? code : 'internal', details, languageOf(locale))
}

/** The code of an error that a user can meet; undefined for a bug. */
export function problemCode(error: unknown): string | undefined {
  const { code } = partsOf(error)
  return isErrorCode(code) ? code : undefined
}
