import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { ArchiveError } from '../errors.ts'
import { languageOfNewspaper } from '../import/language-of-text.ts'
import type { IssueDocument } from '../model.ts'

/** Languages whose data comes with the program (tessdata 4, "best" in whole numbers: 8 MB for the four). */
export const ocrLanguages = ['chi_sim', 'chi_tra', 'chi_tra_vert', 'eng'] as const

export type OcrLanguage = (typeof ocrLanguages)[number]

/** True when `language` is one whose data comes with the program. */
export function isOcrLanguage(language: string): language is OcrLanguage {
  return (ocrLanguages as readonly string[]).includes(language)
}

/**
 * The language that the pages of an issue are read in: that of its title; where none was told, or only that it is
 * Chinese, the one its name and its other text are written in.
 */
export function languageToRead({ title, articles }: Pick<IssueDocument, 'title' | 'articles'>): string {
  if (!/^(?:und|zh)$/i.test(title.language)) return title.language
  const texts = articles.flatMap(({ headline, blocks }) => [headline, ...blocks.map(({ text }) => text)])
  const written = languageOfNewspaper(title.name, texts)
  return written === 'und' ? title.language : written
}

/**
 * What a title's language (BCP 47) is recognised with. Chinese newspapers have Latin names and numbers in them, so
 * English goes along; vertical text is tried where the title is in traditional characters. Of a language that nobody
 * told, and that nothing delivered shows, the script is not known either: both are tried.
 */
export function ocrLanguagesOf(tag: string): OcrLanguage[] {
  if (/^zh-(?:Hant|TW|HK|MO)/i.test(tag)) return [...ocrScripts.hant]
  if (/^(?:zh\b|und$)/i.test(tag)) return [...ocrScripts.hans]
  return [...ocrScripts.latin]
}

/** What a person can choose a title to be read in. */
export const ocrScripts = {
  hans: ['chi_sim', 'eng'],
  hant: ['chi_tra', 'chi_tra_vert', 'eng'],
  latin: ['eng'],
} as const satisfies Record<string, readonly OcrLanguage[]>

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
