import { ArchiveError } from '../archive/errors.ts'
import type { Article, IssueDocument, Metadata, Origins } from '../archive/model.ts'
import type { FieldOrigin, OriginsView } from './bridge/views.ts'
import { recognisedBy } from './issue-views.ts'

/**
 * Where the fields of an issue, or of an article of it, were read: by file, in the order in which they are printed.
 * `row.document`: path of the issue's document in the archive. Throws ArchiveError `unknown-article`.
 */
export function originsView(
  { document, row }: { document: IssueDocument; row: { document: string } },
  article?: string,
): OriginsView {
  const { source } = document
  const about = { source, document: row.document }
  if (article === undefined) {
    return {
      ...about,
      files: byFile(fieldsOfIssue(document), document.origins),
      said: said(document.metadata),
      warnings: document.warnings.map(({ file, code, message }) => ({ file, code, message })),
    }
  }
  const found = document.articles.find(({ id }) => id === article)
  if (!found) throw new ArchiveError('unknown-article', { file: article })
  const recognised = recognisedBy(found)
  return {
    ...about,
    files: byFile(fieldsOfArticle(found, document), found.origins),
    said: recognised ? [] : said(found.metadata),
    warnings: [],
    ...(recognised && { recognised }),
  }
}

type Field = Omit<FieldOrigin, 'at'>

function fieldsOfIssue(issue: IssueDocument): Field[] {
  return given([
    { field: 'title', value: issue.title.name },
    { field: 'date', value: issue.date },
    { field: 'edition', value: issue.edition > 1 ? String(issue.edition) : '' },
    { field: 'number', value: issue.number ?? '' },
    { field: 'supplement', value: issue.supplement ?? '' },
    { field: 'pages', value: issue.pages.map(({ label }) => label).join(' ') },
  ])
}

function fieldsOfArticle(article: Article, issue: IssueDocument): Field[] {
  const labels = article.pages.map((id) => issue.pages.find((page) => page.id === id)?.label ?? '')
  return given([
    { field: 'kicker', value: article.kicker ?? '' },
    { field: 'headline', value: article.headline },
    { field: 'subtitle', value: article.subtitle ?? '' },
    { field: 'byline', value: article.byline ?? '' },
    { field: 'section', value: article.section ?? '' },
    { field: 'blocks', value: beginning(article.blocks.map(({ text }) => text).join(' ')) },
    { field: 'photos', value: article.photos.map(({ caption, file }) => caption ?? nameOf(file)).join(' · ') },
    { field: 'pages', value: labels.join(' ') },
  ])
}

const given = (fields: Field[]): Field[] => fields.filter(({ value }) => value !== '')
const nameOf = (file: string | undefined): string => file?.split('/').at(-1) ?? ''

/** Enough of a text to know it again. */
const mostShown = 60

function beginning(text: string): string {
  const signs = [...text]
  return signs.length > mostShown ? `${signs.slice(0, mostShown).join('')}…` : text
}

function byFile(fields: Field[], origins: Origins | undefined): OriginsView['files'] {
  const files = new Map<string, FieldOrigin[]>()
  for (const field of fields) {
    const { file = '', at } = origins?.[field.field] ?? origins?.['*'] ?? {}
    const known = files.get(file) ?? []
    known.push(at === undefined ? field : { ...field, at })
    files.set(file, known)
  }
  return [...files].map(([file, read]) => (file === '' ? { fields: read } : { file, fields: read }))
}

function said(metadata: Metadata | undefined): OriginsView['said'] {
  return Object.entries(metadata ?? {}).map(([name, value]) => ({
    name,
    value: Array.isArray(value) ? value.join(' · ') : String(value ?? ''),
  }))
}
