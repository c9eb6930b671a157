import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { ArchiveError } from '../errors.ts'

/** Languages whose data comes with the program (tessdata 4, "best" in whole numbers: 8 MB for the four). */
export const ocrLanguages = ['chi_sim', 'chi_tra', 'chi_tra_vert', 'eng'] as const

export type OcrLanguage = (typeof ocrLanguages)[number]

/** True when `language` is one whose data comes with the program. */
export function isOcrLanguage(language: string): language is OcrLanguage {
  return (ocrLanguages as readonly string[]).includes(language)
}

/**
 * What a title's language (BCP 47) is recognised with. Chinese newspapers have Latin names and numbers in them, so
 * English goes along; vertical text is tried where the title is in traditional characters.
 */
export function ocrLanguagesOf(tag: string): OcrLanguage[] {
  if (/^zh-(?:Hant|TW|HK|MO)/i.test(tag)) return ['chi_tra', 'chi_tra_vert', 'eng']
  if (/^zh\b/i.test(tag)) return ['chi_sim', 'eng']
  return ['eng']
}

const packages = createRequire(import.meta.url)

/** The data of a language, packed. Throws ArchiveError `missing-file`. */
export async function ocrLanguageData(language: OcrLanguage): Promise<Buffer> {
  const file = `@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`
  try {
    return await readFile(packages.resolve(file))
  } catch (error) {
    throw new ArchiveError('missing-file', { file }, { cause: error })
  }
}
