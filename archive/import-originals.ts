import { ArchiveError, type ErrorCode } from './errors.ts'
import type { Staging } from './import-staging.ts'
import type { ImportWarning, IssueDocument, Origins } from './model.ts'

/** What a delivery's bad medium or its permissions can do to a single file. */
const faultsOfOneFile = new Set<ErrorCode>(['unreadable-file', 'missing-file', 'not-found', 'unsafe-path', 'too-large'])

/** The places of kept files by their names in the source; files that cannot be read are left out with a warning. */
export interface KeptFiles {
  places: Map<string, string>
  warnings: ImportWarning[]
}

/** Copies originals, or notes where they stay. Throws ArchiveError for all that concerns more than one file. */
export async function keepFiles(
  files: string[],
  staging: Staging,
  betweenFiles: () => Promise<void>,
): Promise<KeptFiles> {
  const kept: KeptFiles = { places: new Map(), warnings: [] }
  for (const file of files) {
    await betweenFiles()
    try {
      kept.places.set(file, await staging.addOriginal(file))
    } catch (error) {
      if (!(error instanceof ArchiveError) || !faultsOfOneFile.has(error.code)) throw error
      kept.warnings.push({ file, code: error.code, message: error.message, details: error.details })
    }
  }
  return kept
}

/** The document with every source path replaced by its place in the payload; what was left out is not named. */
export function withPayloadPaths(issue: IssueDocument, kept: KeptFiles): IssueDocument {
  const leftOut = new Set(kept.warnings.map(({ file }) => file))
  const place = (file: string): string | undefined => {
    const found = kept.places.get(file)
    if (found === undefined && !leftOut.has(file)) {
      throw new Error(`the importer names ${file} but did not list it among the issue's files`)
    }
    return found
  }
  const placed = <Part extends { file: string }>(part: Part): Part[] => {
    const file = place(part.file)
    return file === undefined ? [] : [{ ...part, file }]
  }
  const origins = (read: Origins | undefined): { origins?: Origins } =>
    read
      ? {
          origins: Object.fromEntries(
            Object.entries(read).flatMap(([field, origin]) => placed(origin).map((at) => [field, at])),
          ),
        }
      : {}
  return {
    ...issue,
    ...origins(issue.origins),
    warnings: issue.warnings.map(({ file, code, message }) => ({ file, code, message })),
    pages: issue.pages.map(({ text, ...page }) => {
      const [source] = text ? placed(text) : []
      return { ...page, renditions: page.renditions.flatMap(placed), ...(source ? { text: source } : {}) }
    }),
    articles: issue.articles.map((article) => ({
      ...article,
      ...origins(article.origins),
      photos: article.photos.map(({ file, ...photo }) => {
        const found = file === undefined ? undefined : place(file)
        return found === undefined ? photo : { file: found, ...photo }
      }),
    })),
  }
}
