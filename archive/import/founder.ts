import { ArchiveError } from '../errors.ts'
import type { ImportWarning, IssueDocument, Origins } from '../model.ts'
import { readArticles } from './founder-articles.ts'
import { joinContinuations } from './founder-continuation.ts'
import { dateInPath } from './founder-date.ts'
import { looksLikeLayout, parseLayout } from './founder-layout.ts'
import { articleIdOf, isArticleName, isHtmlName, isLayoutName, isTemplatePath } from './founder-links.ts'
import {
  articlePages,
  besideLayouts,
  type OrphanArticle,
  placeOrphans,
  readOrphan,
  readOrphans,
} from './founder-orphans.ts'
import { assemblePage, type DeliveredLayout, type IssuePage, orderPages, type PageResult } from './founder-pages.ts'
import {
  type FounderTitle,
  issueFolder,
  nameTitles,
  supplementName,
  titleFolder,
  type TitleSample,
} from './founder-titles.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { createLinkResolver, type LinkResolver } from './link-resolution.ts'
import { readPage } from './read-page.ts'
import type { Source } from './source.ts'

const id = 'founder'
const version = 3

/** Pages without a telling name that are looked into before a source is taken for something else. */
const mostUnnamedLooks = 2000

/** Calendars and start pages of a mirror: kept with the delivery, part of no issue. */
const mirrorFile = /(?:^|\/)(?:period|page)\.xml$|(?:^|\/)paperindex\.s?html?$/i

const startPage = /http-equiv\s*=\s*["']?refresh|<frameset\b|location\.(?:href|replace)/i

function candidatesOf(source: Source): string[] {
  return source.files.filter((file) => isHtmlName(file) && !isArticleName(file) && !isTemplatePath(file))
}

async function mayBeLayout(source: Source, file: string): Promise<boolean> {
  try {
    return looksLikeLayout(await source.bytes(file)) && parseLayout(await readPage(source, file)) !== undefined
  } catch {
    return false
  }
}

/** Entries that are worth a look: of pages without a telling name only the first of each folder. */
function worthALook(entries: string[]): string[] {
  const looks = new Map<string, number>()
  return entries.filter((file) => {
    if (isLayoutName(file)) return true
    const folder = issueFolder(file)
    const count = (looks.get(folder) ?? 0) + 1
    looks.set(folder, count)
    return count <= mostUnnamedLooks
  })
}

async function isDatedArticle(source: Source, file: string): Promise<boolean> {
  try {
    return (await readOrphan(source, file))?.date !== undefined
  } catch {
    return false
  }
}

/** Recognised as soon as one page proves to be a layout page: the names only say where to look first. */
async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries = candidatesOf(source)
  const named = entries.filter(isLayoutName)
  const unnamed = entries.filter((file) => !isLayoutName(file)).slice(0, mostUnnamedLooks)
  for (const file of [...named, ...unnamed]) {
    if (await mayBeLayout(source, file)) return { confidence: 0.9, entries }
  }
  // A mirror may have lost all its layout pages: the articles are a newspaper all the same.
  for (const files of articlePages(source).values()) {
    const [file = ''] = files
    if (await isDatedArticle(source, file)) return { confidence: 0.8, entries }
  }
  const first = named[0] ?? entries[0]
  if (first === undefined) return undefined
  throw new ArchiveError('not-a-layout-page', {
    file: first,
    reason: 'it has no page list and no image map with articles',
  })
}

interface IssueGroup {
  folder: string
  title: FounderTitle
  date: string
  /** Name of the supplement, when the pages name another paper than the rest of their folder. */
  supplement?: string
  layouts: DeliveredLayout[]
  orphans: OrphanArticle[]
}

interface Reading {
  source: Source
  resolve: LinkResolver
  /** Which group each layout page of the folder belongs to. */
  homes: Map<string, IssueGroup>
  /** Article pages of the folder. */
  articles: readonly string[]
}

async function readLayouts(source: Source, files: string[]): Promise<[DeliveredLayout[], ImportWarning[]]> {
  const layouts: DeliveredLayout[] = []
  const warnings: ImportWarning[] = []
  for (const file of files) {
    try {
      const text = await readPage(source, file)
      const layout = parseLayout(text)
      if (layout) layouts.push({ file, layout })
      else if (isLayoutName(file) && !startPage.test(text.slice(0, 4096))) {
        warnings.push(
          warning('not-a-layout-page', file, { reason: 'it has no page list and no image map with articles' }),
        )
      }
    } catch (error) {
      warnings.push(warningFrom(error, file, 'text-unreadable'))
    }
  }
  return [layouts, warnings]
}

/** Pages of one folder by date and paper. The paper that most pages name is the folder's; another is a supplement. */
function groupLayouts(
  folder: string,
  layouts: DeliveredLayout[],
  title: FounderTitle,
  orphans: readonly OrphanArticle[],
  warnings: ImportWarning[],
): IssueGroup[] {
  const groups = new Map<string, IssueGroup>()
  const named = layouts.filter(({ layout }) => layout.isPaperNamed).map(({ layout }) => layout.paperName ?? '')
  const counts = new Map<string, number>()
  for (const name of named) counts.set(name, (counts.get(name) ?? 0) + 1)
  const main = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
  for (const each of layouts) {
    const date = dateInPath(each.file) ?? each.layout.date
    if (!date) {
      warnings.push(warning('issue-unreadable', each.file, { reason: 'no date in its path or text' }))
      continue
    }
    const name = each.layout.isPaperNamed ? each.layout.paperName : main
    const isOther = name !== undefined && main !== undefined && name !== main
    const supplement = isOther ? (supplementName(name, main) ?? name) : title.supplement
    const key = `${date}\n${supplement ?? ''}`
    const group = groups.get(key) ?? { folder, title, date, supplement, layouts: [], orphans: [] }
    group.layouts.push(each)
    groups.set(key, group)
  }
  for (const orphan of orphans) {
    const date = orphan.date ?? [...groups.values()][0]?.date
    if (!date) {
      warnings.push(warning('issue-unreadable', orphan.file, { reason: 'no date in its path or text' }))
      continue
    }
    const known = [...groups.values()].filter((group) => group.date === date)
    const group = known.find((each) => each.supplement === title.supplement) ??
      known[0] ?? {
        ...{ folder, title, date, supplement: title.supplement, layouts: [], orphans: [] },
      }
    group.orphans.push(orphan)
    groups.set(`${date}\n${group.supplement ?? ''}`, group)
  }
  return [...groups.values()].sort((a, b) => Number(!!a.supplement) - Number(!!b.supplement))
}

/** The first page that was delivered says what the newspaper is; its path, or else its text, of which day. */
function originsOf(entries: readonly IssuePage[]): Origins | undefined {
  const delivered = entries.find(({ layout }) => layout !== undefined)?.file
  const file = delivered ?? entries.flatMap(({ orphans }) => orphans ?? [])[0]?.file
  return file === undefined ? undefined : { '*': { file }, date: { file, at: dateInPath(file) ? 'path' : 'text' } }
}

async function readIssue(
  group: IssueGroup,
  reading: Reading,
  edition: number,
): Promise<Extract<ImportEvent, { type: 'issue' }>> {
  const { source, resolve, homes } = reading
  const isElsewhere = (path: string): boolean => {
    const home = homes.get(path)
    const date = dateInPath(path)
    return (home !== undefined && home !== group) || (date !== undefined && date !== group.date)
  }
  const entries: IssuePage[] = orderPages(group.layouts, resolve, isElsewhere)
  placeOrphans(group.orphans, entries)
  const results: PageResult[] = []
  for (const [index, entry] of entries.entries()) {
    results.push(await assemblePage(entry, `p${index + 1}`, source, resolve))
  }
  const { articles, files, warnings } = await readArticles(entries, results, source, resolve)
  const pages = results.map((result) => result.page)
  joinContinuations(articles, pages)
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: group.title.title,
    date: group.date,
    edition,
    number: group.layouts.map(({ layout }) => layout.number).find((number) => number !== undefined),
    supplement: group.supplement,
    pages,
    articles,
    warnings: [...results.flatMap((result) => result.warnings), ...warnings],
    source: { importer: id, version, name: source.name },
    origins: originsOf(entries),
  }
  const ids = new Set(articles.map((article) => article.id))
  // The same page under several addresses (`?div=0`, `?div=-1`) is kept with the one that was read.
  const copies = reading.articles.filter((file) => ids.has(articleIdOf(file)))
  const all = [...results.flatMap((result) => result.files), ...files, ...copies]
  return { type: 'issue', issue, files: [...new Set(all)] }
}

/** Titles are named before the first issue is read: whether a folder holds a supplement depends on the other folders. */
async function sampleTitles(
  source: Source,
  entries: string[],
  articles: ReadonlyMap<string, string[]>,
): Promise<Map<string, FounderTitle>> {
  const samples: TitleSample[] = []
  const done = new Set<string>()
  for (const file of entries) {
    const folder = titleFolder(file)
    if (done.has(folder)) continue
    try {
      const layout = parseLayout(await readPage(source, file))
      if (!layout) continue
      done.add(folder)
      samples.push({ folder, file, layout })
    } catch {
      // Reported when its issue is read.
    }
  }
  for (const [file] of articles.values()) {
    const folder = titleFolder(file ?? '')
    if (file === undefined || done.has(folder)) continue
    const orphan = await readOrphan(source, file).catch(() => undefined)
    if (!orphan) continue
    done.add(folder)
    samples.push({ folder, file, layout: orphan.layout })
  }
  return nameTitles(samples, source.name)
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const resolve = createLinkResolver(source)
  const entries = worthALook(recognition.entries)
  const folders = new Map<string, string[]>()
  for (const file of entries) {
    const folder = issueFolder(file)
    const files = folders.get(folder)
    if (files) files.push(file)
    else folders.set(folder, [file])
  }
  const articles = besideLayouts(articlePages(source), folders.keys())
  const titles = await sampleTitles(source, entries, articles)
  for (const folder of articles.keys()) if (!folders.has(folder)) folders.set(folder, [])
  const editions = new Map<string, number>()
  let done = 0
  for (const [folder, files] of folders) {
    stopIfCancelled(context.signal)
    const [layouts, warnings] = await readLayouts(source, files)
    const own = articles.get(folder) ?? []
    const title = titles.get(titleFolder(files[0] ?? own[0] ?? ''))
    const orphans = title ? await readOrphans(source, own, layouts, warnings) : []
    const groups = title ? groupLayouts(folder, layouts, title, orphans, warnings) : []
    const homes = new Map(groups.flatMap((group) => group.layouts.map((each) => [each.file, group] as const)))
    for (const item of warnings) yield { type: 'warning', warning: item }
    for (const group of groups) {
      stopIfCancelled(context.signal)
      const key = `${group.title.title.id}/${group.date}`
      const isAttached = group.supplement !== undefined && group.supplement !== group.title.title.name
      // A supplement of a paper is never edition 1, so that its address does not depend on whether the main paper was delivered.
      const edition = Math.max((editions.get(key) ?? 0) + 1, isAttached ? 2 : 1)
      try {
        const event = await readIssue(group, { source, resolve, homes, articles: own }, edition)
        editions.set(key, edition)
        yield event
      } catch (error) {
        yield { type: 'warning', warning: warningFrom(error, group.folder, 'issue-unreadable') }
      }
    }
    done += files.length
    context.onProgress?.(done, entries.length, folder)
  }
  const kept = source.files.filter((file) => mirrorFile.test(file))
  if (kept.length > 0) yield { type: 'files', files: kept }
}

/** Mirrors of Founder-style 数字报 sites: layout pages with image maps, article pages, pictures, page PDFs. */
export const founderImporter: Importer = { id, version, recognise, read }
