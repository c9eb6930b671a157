import type { Article, ImportWarning, IssueDocument, Page, Point, ZoneKind } from '../model.ts'
import { type Annotation, readAnnotations } from './annotations.ts'
import { dateIn } from './date-text.ts'
import { type Fold, readFold } from './fold-text.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { assemblePage } from './page-assembly.ts'
import { addZone } from './page-articles.ts'
import { aroundPoints, boxOf, polygonOf, type Size } from './page-text.ts'
import { pictureFile } from './picture-files.ts'
import type { Source } from './source.ts'
import { readSourceStart } from './source-start.ts'
import { titleIdOf } from './title-id.ts'

const id = 'folds'
const version = 1

/** `jb_3801_1939-04-27_0001+0004`, also with `to`: title, number, date and the two pages of a scan. */
const foldName = /([a-z]+)_(\d+)_(\d{4}-\d{2}-\d{2})_(\d{4})(?:\+|to|%2B|%252B)(\d{4})/i

interface FoldFiles {
  pages: [string, string]
  text?: string
  zones: string[]
  picture?: string
}

interface FoldIssue {
  title: string
  number: string
  date: string
  folds: Map<string, FoldFiles>
}

async function isPart(source: Source, file: string): Promise<boolean> {
  if (!foldName.test(file.split('/').at(-1) ?? '')) return false
  if (/\.xml$/i.test(file)) return /<fold[\s>]/.test(await readSourceStart(source, file))
  return /\.json$/i.test(file) && /SvgSelector|FragmentSelector/.test(await readSourceStart(source, file))
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries: string[] = []
  for (const file of source.files) if (await isPart(source, file)) entries.push(file)
  return entries.length > 0 ? { confidence: 0.88, entries } : undefined
}

/** The files of each issue; what is delivered twice lies once in the folder of its own year. */
function issuesOf(source: Source, entries: readonly string[]): FoldIssue[] {
  const issues = new Map<string, FoldIssue>()
  for (const file of [...entries, ...source.files.filter((each) => pictureFile.test(each))]) {
    const [, title = '', number = '', date = '', first = '', second = ''] =
      foldName.exec(file.split('/').at(-1) ?? '') ?? []
    if (dateIn(date) === undefined) continue
    const issue = issues.get(`${title} ${number} ${date}`) ?? { title, number, date, folds: new Map() }
    const fold: FoldFiles = issue.folds.get(first) ?? { pages: [first, second], zones: [] }
    if (pictureFile.test(file)) fold.picture = betterPicture(fold.picture, file)
    else if (/\.xml$/i.test(file)) fold.text ??= file
    else if (file.includes(`/${date.slice(0, 4)}/`)) fold.zones.unshift(file)
    else fold.zones.push(file)
    issue.folds.set(first, fold)
    issues.set(`${title} ${number} ${date}`, issue)
  }
  return [...issues.values()].filter(({ folds }) => [...folds.values()].some((fold) => fold.text ?? fold.zones[0]))
}

/** Masks that programs paint over a scan lie beside it as PNG. */
function betterPicture(before: string | undefined, next: string): string {
  const rank = (file: string): number => (/\/(?:labels?|masks?)\//i.test(file) ? 0 : /\.png$/i.test(file) ? 1 : 2)
  return before !== undefined && rank(before) >= rank(next) ? before : next
}

const zoneKinds: Record<string, ZoneKind> = {
  article: 'text',
  advertisement: 'advert',
  advert: 'advert',
  image: 'photo',
  additional: 'other',
  head: 'masthead',
}

interface Drawn {
  kind: ZoneKind
  points: Point[]
}

function drawnOf(annotations: readonly Annotation[]): Drawn[] {
  return annotations.flatMap(({ label, targets }) =>
    targets.flatMap(({ polygon, rect }): Drawn[] => {
      const kind = zoneKinds[label?.toLowerCase() ?? ''] ?? 'other'
      if (polygon) return [{ kind, points: polygon }]
      if (!rect) return []
      const [l, t, r, b] = [rect.x, rect.y, rect.x + rect.w, rect.y + rect.h]
      return [
        {
          kind,
          points: [
            [l, t],
            [r, t],
            [r, b],
            [l, b],
          ],
        },
      ]
    }),
  )
}

/** The annotations of a fold: of several versions the fullest one of the first folder. */
async function zonesOf(source: Source, fold: FoldFiles, warnings: ImportWarning[]): Promise<Drawn[]> {
  let best: Drawn[] = []
  for (const file of fold.zones) {
    try {
      const drawn = drawnOf(readAnnotations(await source.bytes(file), file))
      if (drawn.length > best.length) best = drawn
    } catch (error) {
      warnings.push(warningFrom(error, file, 'damaged-document'))
    }
  }
  return best
}

/** Scans whose zones were drawn on a picture that was not delivered: all of an issue were of one size, filled to the rim. */
function frameOf(all: readonly Drawn[][]): Size | undefined {
  const rect = aroundPoints(all.flat().flatMap(({ points }) => points))
  return rect && { width: Math.ceil(rect.x + rect.w), height: Math.ceil(rect.y + rect.h) }
}

/** Longer first paragraphs are text. */
const longestHeadline = 40

function articlesOf(fold: Fold, page: Page, file: string, ids: Set<string>): Article[] {
  return fold.parts.map((part, index): Article => {
    let own = `${page.id}-${part.id ?? `${part.type}${index + 1}`}`
    while (ids.has(own)) own += '-2'
    ids.add(own)
    const [first = '', ...rest] = part.paragraphs
    const hasHeadline = part.type === 'article' && rest.length > 0 && first.length <= longestHeadline
    const body = hasHeadline ? rest : part.paragraphs
    return {
      id: own,
      kind: part.kind,
      headline: hasHeadline ? first : '',
      blocks: body.map((text) => ({ kind: 'paragraph', text, page: page.id })),
      photos: [],
      pages: [page.id],
      writingMode: part.isVertical ? 'vertical-rl' : 'horizontal-tb',
      origins: { '*': { file, at: part.id ?? `${part.type} ${index + 1}` } },
      metadata: { type: part.type, ...(part.page ? { page: part.page } : {}) },
    }
  })
}

async function readIssue(found: FoldIssue, source: Source): Promise<{ issue: IssueDocument; files: string[] }> {
  const warnings: ImportWarning[] = []
  const kept: string[] = []
  const pages: Page[] = []
  const articles: Article[] = []
  const ids = new Set<string>()
  const folds = [...found.folds.values()].sort((a, b) => Number(a.pages[0]) - Number(b.pages[0]))
  const drawn: Drawn[][] = []
  for (const fold of folds) drawn.push(await zonesOf(source, fold, warnings))
  const frame = frameOf(drawn)
  let [isFromRight, name] = [false, '']
  for (const [index, files] of folds.entries()) {
    kept.push(...[files.text, files.picture, ...files.zones].filter((file) => file !== undefined))
    const label = files.pages.map((each) => String(Number(each))).join('+')
    const parts = {
      id: `p${index + 1}`,
      label,
      pictures: files.picture ? [files.picture] : [],
      pdfs: [],
      metadata: { pages: files.pages },
    }
    const { page, warnings: own } = await assemblePage({ ...parts, ...(frame ? { size: frame } : {}) }, source)
    warnings.push(...own)
    const picture = page.renditions.find((rendition) => rendition.width && rendition.height)
    if (!files.picture)
      warnings.push(warning('missing-image', `${found.title}_${found.number}_${found.date}_${files.pages.join('+')}`))
    const size = sizeFor(
      drawn[index] ?? [],
      picture?.width && picture.height ? { width: picture.width, height: picture.height } : undefined,
      frame,
    )
    for (const { kind, points } of drawn[index] ?? []) {
      const rect = aroundPoints(points)
      if (rect && size) addZone(page, { id: '', kind, box: boxOf(rect, size), polygon: polygonOf(points, size) }, kind)
    }
    pages.push(page)
    if (files.text === undefined) continue
    try {
      const fold = readFold(await source.bytes(files.text))
      if (!fold) continue
      isFromRight ||= fold.isFromRight
      name ||=
        fold.parts
          .find((part) => part.type === 'head')
          ?.paragraphs.find((text) => /^[\p{Script=Han}]{2,6}$/u.test(text)) ?? ''
      articles.push(...articlesOf(fold, page, files.text, ids))
    } catch (error) {
      warnings.push(warningFrom(error, files.text, 'text-unreadable'))
    }
  }
  const direction = isFromRight ? 'right-to-left' : undefined
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: { id: titleIdOf(found.title), name: name || found.title, language: 'zh-Hant' },
    date: found.date,
    edition: 1,
    number: String(Number(found.number)),
    pages,
    articles,
    warnings,
    source: { importer: id, version, name: source.name },
    ...(direction ? { viewingDirection: direction } : {}),
    origins: { '*': { file: kept[0] ?? '', at: 'file name' } },
    metadata: direction ? { viewingDirection: direction } : {},
  }
  return { issue, files: [...new Set(kept)] }
}

/** The size zones are fractions of: the picture's when they fit on it, else one of its shape that holds them. */
function sizeFor(drawn: readonly Drawn[], picture: Size | undefined, frame: Size | undefined): Size | undefined {
  const reach = frameOf([[...drawn]])
  if (!picture || !reach || !frame) return frame
  if (reach.width <= picture.width * 1.01 && reach.height <= picture.height * 1.01) return picture
  const scale = Math.max(frame.width / picture.width, frame.height / picture.height)
  return { width: picture.width * scale, height: picture.height * scale }
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const issues = issuesOf(source, recognition.entries)
  const names = new Map<string, string>()
  const read: { issue: IssueDocument; files: string[] }[] = []
  let done = 0
  for (const found of issues) {
    stopIfCancelled(context.signal)
    try {
      const one = await readIssue(found, source)
      // One name a title: an issue whose head is damaged has that of the others.
      if (one.issue.title.name !== found.title && !names.has(found.title)) names.set(found.title, one.issue.title.name)
      read.push(one)
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, `${found.title} ${found.date}`, 'issue-unreadable') }
    }
    context.onProgress?.(++done, issues.length, found.date)
  }
  for (const { issue, files } of read) {
    const name = names.get(issues.find(({ title }) => titleIdOf(title) === issue.title.id)?.title ?? '')
    if (name) issue.title.name = name
    yield { type: 'issue', issue, files }
  }
}

/**
 * Folds of Early Chinese Periodicals Online (晶報): one scan of two facing pages each, with text in XML and zones as W3C
 * annotations; set in columns, read from the right.
 */
export const foldsImporter: Importer = { id, version, recognise, read }
