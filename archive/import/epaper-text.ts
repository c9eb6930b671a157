import { createHash } from 'node:crypto'
import { ArchiveError } from '../errors.ts'
import type { IssueDocument } from '../model.ts'
import { type EpaperText, looksLikeEpaperText, parseEpaperText } from './epaper-text-article.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { comparablePageLabel } from './page-label.ts'
import { readPage } from './read-page.ts'
import type { Source } from './source.ts'

const id = 'epaper-text'
const version = 2

/** A saved article is a few kilobytes of text; larger text files are something else. */
const largestText = 1024 * 1024

async function isEpaperText(source: Source, file: string): Promise<boolean> {
  try {
    return (await source.size(file)) <= largestText && looksLikeEpaperText(await readPage(source, file))
  } catch {
    return false
  }
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries: string[] = []
  for (const file of source.files) {
    if (/\.(?:txt|text)$/i.test(file) && (await isEpaperText(source, file))) entries.push(file)
  }
  return entries.length > 0 ? { confidence: 0.8, entries } : undefined
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** Text has no code of its paper, so the title's id is made from its name, and the article's from its headline. */
function issueOf(texts: { file: string; text: EpaperText }[], first: EpaperText, sourceName: string): IssueDocument {
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: { id: `paper-${shortHash(first.title)}`, name: first.title, language: 'zh-Hans' },
    date: first.date,
    edition: 1,
    pages: [],
    articles: [],
    warnings: [],
    source: { importer: id, version, name: sourceName },
    origins: { '*': { file: texts[0]?.file ?? '' } },
  }
  const ids = new Set<string>()
  for (const { file, text } of texts) {
    const label = comparablePageLabel(text.page.label)
    let page = issue.pages.find((each) => comparablePageLabel(each.label) === label)
    if (!page) {
      const pageId = `p${issue.pages.length + 1}`
      page = { id: pageId, ...text.page, width: 0, height: 0, renditions: [], zones: [] }
      issue.pages.push(page)
    }
    const pageId = page.id
    const articleId = `text-${shortHash(`${label}\n${text.headline}\n${text.blocks[0]?.text ?? ''}`)}`
    if (ids.has(articleId)) continue
    ids.add(articleId)
    issue.articles.push({
      id: articleId,
      kind: 'article',
      kicker: text.kicker,
      headline: text.headline,
      subtitle: text.subtitle,
      blocks: text.blocks.map((block) => ({ ...block, page: pageId })),
      photos: text.photos,
      pages: [pageId],
      origins: { '*': { file } },
      metadata: { file },
    })
  }
  return issue
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const groups = new Map<string, { file: string; text: EpaperText }[]>()
  for (const file of recognition.entries) {
    stopIfCancelled(context.signal)
    try {
      const text = parseEpaperText(await readPage(source, file))
      if (!text)
        throw new ArchiveError('issue-unreadable', { file, reason: 'no title, date or page label in the text' })
      const key = `${text.title}\n${text.date}`
      groups.set(key, [...(groups.get(key) ?? []), { file, text }])
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, file, 'text-unreadable') }
    }
  }
  let done = 0
  for (const texts of groups.values()) {
    stopIfCancelled(context.signal)
    // Saved texts come in any order; pages of one issue stand in the order of their labels.
    const byLabel = new Intl.Collator('en', { numeric: true })
    texts.sort((a, b) => byLabel.compare(a.text.page.label, b.text.page.label))
    const first = texts[0]
    if (!first) continue
    const issue = issueOf(texts, first.text, source.name)
    for (const { file, text } of texts) {
      if (text.headline === '') issue.warnings.push(warning('text-unreadable', file, { reason: 'no headline' }))
    }
    yield { type: 'issue', issue, files: texts.map(({ file }) => file) }
    context.onProgress?.((done += texts.length), recognition.entries.length, first.file)
  }
}

/** Article pages of a 数字报 site that were saved as plain text, one article a file. */
export const epaperTextImporter: Importer = { id, version, recognise, read }
