import type { ImportWarning } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { parseArticle } from './founder-article.ts'
import { dateInPath, dateInText } from './founder-date.ts'
import { type FounderLayout, ownLabel, paperNameIn } from './founder-layout.ts'
import { articleIdOf, isArticleName, isHtmlName, isTemplatePath } from './founder-links.ts'
import type { DeliveredLayout, IssuePage } from './founder-pages.ts'
import { property } from './founder-properties.ts'
import { issueFolder, titleFolder } from './founder-titles.ts'
import { firstElement, parseHtml, textOf } from './html-tree.ts'
import { warningFrom } from './import-warning.ts'
import { plainFileName } from './link-resolution.ts'
import { comparablePageLabel, type PageLabel } from './page-label.ts'
import { readPage } from './read-page.ts'
import type { Source } from './source.ts'

/** An article page that no delivered layout page lists: its own was not delivered, or does not name it. */
export interface OrphanArticle {
  file: string
  headline: string
  /** ISO date. */
  date?: string
  page?: PageLabel
  /** The number that `content_<node>_<id>` shares with `node_<node>`. */
  node?: string
  paperName?: string
  layout: FounderLayout
}

/** Article pages of a mirror by the folder of their issue. */
export function articlePages(source: Source): Map<string, string[]> {
  const folders = new Map<string, string[]>()
  for (const file of source.files) {
    if (!isHtmlName(file) || !isArticleName(file) || isTemplatePath(file)) continue
    const folder = issueFolder(file)
    const files = folders.get(folder)
    if (files) files.push(file)
    else folders.set(folder, [file])
  }
  return folders
}

/**
 * Article pages by the folder of the layout pages they belong to: the newer sites keep them apart, `pc/con/202305/06`
 * beside `pc/layout/202305/06`. Those of a day without layout pages stay in their own folder.
 */
export function besideLayouts(
  articles: ReadonlyMap<string, string[]>,
  layoutFolders: Iterable<string>,
): Map<string, string[]> {
  const keyOf = (folder: string): string => `${titleFolder(`${folder}/x`)}\n${dateInPath(`${folder}/`) ?? folder}`
  const homes = new Map<string, string>()
  for (const folder of layoutFolders) homes.set(keyOf(folder), folder)
  const known = new Set(homes.values())
  const found = new Map<string, string[]>()
  for (const [folder, files] of articles) {
    const home = known.has(folder) ? folder : (homes.get(keyOf(folder)) ?? folder)
    found.set(home, [...(found.get(home) ?? []), ...files])
  }
  return found
}

/** The article pages of a folder that its layout pages do not list, one for each article. */
function orphansAmong(files: readonly string[], layouts: readonly DeliveredLayout[]): string[] {
  const seen = new Set(layouts.flatMap(({ layout }) => layout.articles.map(({ href }) => articleIdOf(href))))
  return files.filter((file) => {
    const id = articleIdOf(file)
    const isNew = !seen.has(id)
    seen.add(id)
    return isNew
  })
}

/** Reads an orphan; undefined for a page that is no article. Throws those of `readPage`. */
export async function readOrphan(source: Source, file: string): Promise<OrphanArticle | undefined> {
  const html = await readPage(source, file)
  const { headline, blocks, photos, metadata } = parseArticle(html)
  if (headline === '' || (blocks.length === 0 && photos.length === 0)) return undefined
  const root = parseHtml(html)
  const text = textOf(root)
  const said =
    property(metadata, 'founder-pagenum', 'pagenum') ?? /-([a-z]?\d{1,3})\.s?html?$/.exec(plainFileName(file))?.[1]
  const title = firstElement(root, (each) => each.name === 'title')
  const paperName = property(metadata, 'founder-papername', 'papername') ?? (title && paperNameIn(textOf(title)))
  const date = dateInText(property(metadata, 'founder-date', 'date') ?? '') ?? dateInText(text)
  return {
    file,
    headline: cleanLine(headline),
    date: dateInPath(file) ?? date,
    page: ownLabel(text) ?? (said === undefined ? undefined : { label: said }),
    node: /^content_(\d+)_\d+/.exec(plainFileName(file))?.[1],
    paperName,
    layout: {
      pages: [],
      zones: [],
      articles: [],
      largeImages: [],
      paperName,
      isPaperNamed: paperName !== undefined,
      isTraditional: /charset\s*=\s*["']?big5/i.test(html.slice(0, 4096)),
      metadata,
    },
  }
}

/** Articles that no layout page of their folder lists; one that cannot be read is a warning. */
export async function readOrphans(
  source: Source,
  files: readonly string[],
  layouts: readonly DeliveredLayout[],
  warnings: ImportWarning[],
): Promise<OrphanArticle[]> {
  const found: OrphanArticle[] = []
  for (const file of orphansAmong(files, layouts)) {
    try {
      const orphan = await readOrphan(source, file)
      if (orphan) found.push(orphan)
    } catch (error) {
      warnings.push(warningFrom(error, file, 'text-unreadable'))
    }
  }
  return found
}

/** Pages of which nothing is known but their articles. */
const unknownPage: PageLabel = { label: '0' }

/**
 * Puts orphans on the pages they name, by label or node; pages that nothing listed are added behind the others, and
 * what names no page stands on page 0.
 */
export function placeOrphans(orphans: readonly OrphanArticle[], pages: IssuePage[]): void {
  for (const { file, headline, page, node } of orphans) {
    const label = page ?? unknownPage
    const byNode = node && pages.find((each) => plainFileName(each.file).replace(/\.s?html?$/, '') === `node_${node}`)
    const byLabel = pages.find((each) => comparablePageLabel(each.label) === comparablePageLabel(label.label))
    let home = byNode || byLabel
    if (!home) {
      home = { file: `${issueFolder(file)}/${label.label}`, ...label }
      pages.push(home)
    }
    home.orphans = [...(home.orphans ?? []), { file, headline }]
  }
}
