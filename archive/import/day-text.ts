import { createHash } from 'node:crypto'
import type { Article, IssueDocument } from '../model.ts'
import { bagTags } from './bag-tags.ts'
import { cleanLine } from './clean-text.ts'
import { placeInName } from './dated-name.ts'
import { parseTextDocument, type TextDocument } from './day-text-document.ts'
import { dateInText } from './founder-date.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { languageOfText } from './language-of-text.ts'
import { comparablePageLabel, type PageLabel } from './page-label.ts'
import { readPage } from './read-page.ts'
import type { Source } from './source.ts'
import { titleIdOf } from './title-id.ts'

/**
 * Markdown and plain text by day: a file a day whose headings are pages and articles, or a file an article in the
 * folder of its day. The date stands in the name of the file or of its folder, in the front matter or in the first
 * heading.
 */
const id = 'day-text'
const version = 2

const isText = (file: string): boolean => /\.(?:md|markdown|txt|text)$/i.test(file)
const noIssue = /(?:^|\/)(?:readme|license|licence|changelog|contributing|index|catalogu?e|目录)[^/]*$/i

interface DatedText {
  file: string
  date: string
  /** Where in the file, its name or its folder's the date stands. */
  dateFrom: string
  title: string
  page?: PageLabel
  document: TextDocument
}

/** What the name of a file says beside its date and page: the headline, when the date is its folder's. */
function headlineInName(file: string): string {
  const base = (file.split('/').at(-1) ?? '').replace(/\.\w+$/, '')
  const place = placeInName(file)
  if (place.dateFrom === 'file name') return ''
  const rest = base.replace(/^第?\s*[A-Za-z]{0,2}\d{1,4}\s*版?[\s._-]*/, '')
  return /\p{L}{2}/u.test(rest) ? cleanLine(rest.replaceAll('_', ' ')) : ''
}

/** `《新闻联播》 (20230101)` → `新闻联播`; `新闻联播 2026-07-02` → `新闻联播`. */
function paperIn(title: string | undefined): string | undefined {
  if (title === undefined) return undefined
  return /《(.{1,40}?)》/.exec(title)?.[1] ?? placeInName(`${title.replaceAll('/', ' ')}.md`).title
}

const nameOfPaper =
  /(?:报|報|刊|新闻|新聞|联播|聯播|news|times|herald|gazette|post|journal|tribune|daily|courier|chronicle)$/i

/** `title` in front of a day with several articles, when it is the name of a newspaper and not of what happened. */
function paperOfFront({ front, articles }: TextDocument): string | undefined {
  const title = articles.length > 1 ? front.get('title') : undefined
  const name = paperIn(title) ?? title
  return name !== undefined && nameOfPaper.test(name) ? name : undefined
}

async function readDated(source: Source, file: string): Promise<DatedText | undefined> {
  const named = placeInName(file)
  const text = await readPage(source, file)
  const document = parseTextDocument(text, /\.(?:md|markdown)$/i.test(file), headlineInName(file))
  const inFront = document.front.get('date') ?? document.front.get('日期')
  const inTitle = document.title === undefined ? undefined : dateInText(document.title)
  const ofFront = inFront && (dateInText(inFront) ?? placeInName(`${inFront}.md`).date)
  const date = ofFront ?? named.date ?? inTitle
  if (!date) return undefined
  const said =
    ['newspaper', 'paper', 'source', '报纸'].map((key) => document.front.get(key)).find((one) => one) ??
    paperOfFront(document)
  // The folder of an article is its day or its page: only a name with a date in it names the newspaper, too.
  const inName =
    named.dateFrom === 'file name' ? named.title : placeInName(`${file.split('/').slice(0, -1).join('/')}/x.md`).title
  const title = said ?? paperIn(document.title) ?? inName ?? placeInName(`${source.name}/x.md`).title ?? source.name
  return {
    file,
    date,
    dateFrom: ofFront ? 'front matter' : named.date ? (named.dateFrom ?? 'file name') : 'first heading',
    title: title.slice(0, 200),
    page: named.dateFrom === 'folder name' ? named.page : undefined,
    document,
  }
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const isTag = bagTags(source.files)
  const entries = source.files.filter((file) => isText(file) && !noIssue.test(file) && !isTag(file))
  for (const file of entries.slice(0, 200)) {
    if (placeInName(file).date !== undefined) return { confidence: 0.3, entries }
    try {
      if (/\.(?:md|markdown)$/i.test(file) && (await readDated(source, file))) return { confidence: 0.3, entries }
    } catch {
      // Reported when it is read.
    }
  }
  return undefined
}

function pageId(issue: IssueDocument, label: PageLabel): string {
  const key = comparablePageLabel(label.label)
  const known = issue.pages.find((page) => comparablePageLabel(page.label) === key)
  if (known) {
    known.name ??= label.name
    return known.id
  }
  const id = `p${issue.pages.length + 1}`
  issue.pages.push({ id, ...label, width: 0, height: 0, renditions: [], zones: [] })
  return id
}

function issueOf(texts: DatedText[], first: DatedText, sourceName: string): IssueDocument {
  const all = texts.flatMap(({ document }) =>
    document.articles.map((one) => one.headline + one.blocks.map(({ text }) => text).join('')),
  )
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: { id: titleIdOf(first.title), name: first.title, language: languageOfText(all.join('\n')) },
    date: first.date,
    edition: 1,
    pages: [],
    articles: [],
    warnings: [],
    source: { importer: id, version, name: sourceName },
    origins: { '*': { file: first.file }, date: { file: first.file, at: first.dateFrom } },
  }
  const ids = new Set<string>()
  for (const { file, document, page } of texts) {
    if (document.articles.length === 0)
      issue.warnings.push(warning('text-unreadable', file, { reason: 'it has no text' }))
    for (const { headline, blocks, section, page: own } of document.articles) {
      const place = pageId(issue, own ?? page ?? { label: '1' })
      const hash = createHash('sha256')
        .update(`${place}\n${headline}\n${blocks[0]?.text ?? ''}`)
        .digest('hex')
        .slice(0, 12)
      let free = `text-${hash}`
      for (let count = 2; ids.has(free); count++) free = `text-${hash}-${count}`
      ids.add(free)
      const article: Article = {
        id: free,
        kind: 'article',
        headline,
        ...(section ? { section } : {}),
        blocks: blocks.map((block) => ({ ...block, page: place })),
        photos: [],
        pages: [place],
        origins: { '*': { file } },
        metadata: { file, ...Object.fromEntries(document.front) },
      }
      issue.articles.push(article)
    }
  }
  return issue
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const days = new Map<string, DatedText[]>()
  const entries = recognition.entries.filter((file) => !context.claimed?.has(file))
  for (const file of entries) {
    stopIfCancelled(context.signal)
    try {
      const dated = await readDated(source, file)
      const reason = 'no date in its name, its folder, its front matter or its first heading'
      if (!dated) yield { type: 'warning', warning: warning('issue-unreadable', file, { reason }) }
      else {
        const key = `${dated.date}\n${titleIdOf(dated.title)}`
        days.set(key, [...(days.get(key) ?? []), dated])
      }
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, file, 'text-unreadable') }
    }
  }
  const { compare } = new Intl.Collator('en', { numeric: true })
  let done = 0
  for (const texts of days.values()) {
    stopIfCancelled(context.signal)
    texts.sort((a, b) => compare(a.file, b.file))
    const [first] = texts
    if (!first) continue
    const issue = issueOf(texts, first, source.name)
    if (issue.articles.length > 0) yield { type: 'issue', issue, files: texts.map(({ file }) => file) }
    else for (const item of issue.warnings) yield { type: 'warning', warning: item }
    context.onProgress?.((done += texts.length), entries.length, first.file)
  }
}

/** Markdown and plain text, by day. */
export const dayTextImporter: Importer = { id, version, recognise, read }
