import { Ajv } from 'ajv'
import { ArchiveError } from './errors.ts'
import type { IssueDocument } from './model.ts'
import { fitZones } from './zone-fitting.ts'
import schema from './issue.schema.json' with { type: 'json' }

export const issueSchemaText = `${JSON.stringify(schema, null, 2)}\n`
const largestDocument = 64 * 1024 * 1024

const fits = new Ajv({ strict: false, allErrors: false }).compile<IssueDocument>(schema)

/** Throws ArchiveError `damaged-document` when the document does not follow the published schema. */
export function checkIssueDocument(document: unknown, file: string): IssueDocument {
  if (!fits(document)) {
    const [first] = fits.errors ?? []
    const reason = `${first?.instancePath === '' ? 'document' : (first?.instancePath ?? '')} ${first?.message ?? ''}`
    throw new ArchiveError('damaged-document', { file, reason })
  }
  checkReferences(document, file)
  return document
}

/** Ids that point at nothing would only fail later, in front of the reader. */
function checkReferences(document: IssueDocument, file: string): void {
  const pages = new Set(document.pages.map((page) => page.id))
  const articles = new Set(document.articles.map((article) => article.id))
  if (pages.size !== document.pages.length || articles.size !== document.articles.length) {
    throw new ArchiveError('damaged-document', { file, reason: 'an id stands twice' })
  }
  const lostPage = document.articles.flatMap((article) => article.pages).find((page) => !pages.has(page))
  const lostArticle = document.pages
    .flatMap((page) => page.zones)
    .find((zone) => zone.article !== undefined && !articles.has(zone.article))
  if (lostPage !== undefined) throw new ArchiveError('damaged-document', { file, reason: `no page ${lostPage}` })
  if (lostArticle)
    throw new ArchiveError('damaged-document', { file, reason: `no article ${lostArticle.article ?? ''}` })
}

/**
 * The document in a file's bytes, its zones cut to their pages. Throws ArchiveError `damaged-document` for JSON or content that is not
 * one.
 */
export function parseIssueDocument(bytes: Uint8Array, file: string): IssueDocument {
  if (bytes.length > largestDocument) {
    throw new ArchiveError('too-large', { file, size: bytes.length, limit: largestDocument })
  }
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ArchiveError('damaged-document', { file, reason: error instanceof Error ? error.message : String(error) })
  }
  fitZones(value, file)
  return checkIssueDocument(value, file)
}

/** The document as stored: stable bytes for the same content. */
export function formatIssueDocument(document: IssueDocument): string {
  return `${JSON.stringify(document, null, 1)}\n`
}

/** Where an issue's document stands in the payload. */
export function issueDocumentPath(issue: { title: string; date: string; edition: number }): string {
  return `data/issues/${issue.title}/${issue.date.slice(0, 4)}/${issue.date}_${String(issue.edition).padStart(2, '0')}.json`
}

/** Whether a payload path is an issue's document. */
export function isIssueDocumentPath(path: string): boolean {
  return /^data\/issues\/[^/]+\/(\d{4})\/\1-\d{2}-\d{2}_(?:\d{2}|[1-9]\d{2,})\.json$/.test(path)
}
