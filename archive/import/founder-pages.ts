import type { ImportWarning, Page, Rendition, Zone } from '../model.ts'
import type { FounderLayout } from './founder-layout.ts'
import { type ListedPage, pageKey } from './founder-page-list.ts'
import { property } from './founder-properties.ts'
import { type DisplayedSize, pagePolygon, sizeFromZones } from './founder-zones.ts'
import { type ImageSize, measureImage } from './image-size.ts'
import { warning } from './import-warning.ts'
import type { LinkResolver } from './link-resolution.ts'
import { comparablePageLabel } from './page-label.ts'
import type { Source } from './source.ts'

/** A layout page that was delivered. */
export interface DeliveredLayout {
  file: string
  layout: FounderLayout
}

/** A page of the issue, delivered or only listed. */
export interface IssuePage {
  /** The layout page as delivered, or its path as the page list names it. */
  file: string
  label: string
  name?: string
  layout?: FounderLayout
  pdf?: { from: string; href: string }
  /** Articles of the page that no delivered layout page lists. */
  orphans?: { file: string; headline: string }[]
}

/** What assembling a page gives beside the page. */
export interface PageResult {
  page: Page
  /** The article's href of each zone, in the order of `page.zones`. */
  zoneLinks: string[]
  files: string[]
  warnings: ImportWarning[]
}

interface Listing {
  from: string
  listed: ListedPage
  path: string
}

/**
 * The pages of an issue in order: the longest page list of its layout pages, then what only other lists name, then
 * delivered pages that no list names (but not `node_1` copies of a listed page, which some sites leave behind).
 */
export function orderPages(
  delivered: DeliveredLayout[],
  resolve: LinkResolver,
  belongsElsewhere: (path: string) => boolean,
): IssuePage[] {
  const byFile = new Map(delivered.map((each) => [each.file.toLowerCase(), each]))
  const byName = new Map(delivered.map((each) => [pageKey(each.file), each]))
  const listings = delivered.map(({ file, layout }) =>
    layout.pages.flatMap((listed): Listing[] => {
      const target = resolve(file, listed.href)
      if (!target) return []
      const known = target.path ?? byName.get(pageKey(listed.href))?.file
      return [{ from: file, listed, path: known ?? target.wanted }]
    }),
  )
  const longest = listings.reduce((best, each) => (each.length > best.length ? each : best), [] as Listing[])
  const pages = new Map<string, IssuePage>()
  const labels = new Set<string>()
  for (const listing of [longest, ...listings]) {
    // A page that only another list names, under a label that is taken, is a stale copy of a listed page.
    const taken = new Set(labels)
    for (const { from, listed, path } of listing) {
      const key = path.toLowerCase()
      const known = pages.get(key)
      const pdf = listed.pdf === undefined ? undefined : { from, href: listed.pdf }
      if (known) known.pdf ??= pdf
      else if (!belongsElsewhere(path) && !taken.has(comparablePageLabel(listed.label))) {
        const own = byFile.get(key)
        const name = listed.name ?? own?.layout.own?.name
        labels.add(comparablePageLabel(listed.label))
        pages.set(key, { file: own?.file ?? path, label: listed.label, name, layout: own?.layout, pdf })
      }
    }
  }
  for (const { file, layout } of delivered) {
    if (pages.has(file.toLowerCase())) continue
    const label = layout.own?.label ?? property(layout.metadata, 'founder-pagenum') ?? String(pages.size + 1)
    if (labels.has(comparablePageLabel(label))) continue
    labels.add(comparablePageLabel(label))
    pages.set(file.toLowerCase(), { file, label, name: layout.own?.name, layout })
  }
  return [...pages.values()]
}

/** Names under which sites keep the large picture beside the brief one of the image map. */
function largeNames(brief: string): string[] {
  const match = /^(.*)_brief(\.\w+)$/i.exec(brief)
  return match ? [`${match[1]}_b${match[2]}`, `${match[1]}${match[2]}`] : []
}

async function picture(source: Source, file: string, kind: 'image' | 'brief'): Promise<Rendition> {
  const size = await measureImage(source, file)
  const mime = size?.mime ?? (/\.png$/i.test(file) ? 'image/png' : 'image/jpeg')
  return { kind, file, mime, width: size?.width, height: size?.height }
}

function displayedSize(
  layout: FounderLayout,
  natural: Pick<ImageSize, 'width' | 'height'> | undefined,
): DisplayedSize | undefined {
  const { width, height } = layout.image ?? {}
  if (width && height) return { width, height }
  if (natural) {
    if (width) return { width, height: (natural.height * width) / natural.width }
    if (height) return { width: (natural.width * height) / natural.height, height }
    return natural
  }
  const extent = sizeFromZones(layout.zones)
  return extent && { width: width ?? extent.width, height: height ?? extent.height }
}

async function pictures(
  entry: IssuePage,
  layout: FounderLayout,
  resolve: LinkResolver,
  source: Source,
  result: PageResult,
): Promise<Rendition | undefined> {
  const shown = layout.image && resolve(entry.file, layout.image.src)
  const linked = layout.largeImages.map((href) => resolve(entry.file, href))
  const beside = largeNames(shown?.wanted ?? '').map((name) => resolve('', name))
  const large = [...linked, ...beside].find((target) => target?.path && target.path !== shown?.path)?.path
  if (shown && !shown.path && !large) result.warnings.push(warning('missing-image', shown.wanted))
  const isBrief = large !== undefined || /brief|_s\.\w+$/i.test(shown?.path ?? '')
  const brief = shown?.path ? await picture(source, shown.path, isBrief ? 'brief' : 'image') : undefined
  if (large) result.page.renditions.push(await picture(source, large, 'image'))
  if (brief) result.page.renditions.push(brief)
  return brief
}

function zones(entry: IssuePage, layout: FounderLayout, size: DisplayedSize, result: PageResult): void {
  for (const raw of layout.zones) {
    const polygon = raw.problem === undefined ? pagePolygon(raw, size) : undefined
    if (!polygon) {
      const reason = raw.problem ?? 'nothing of it is on the page'
      result.warnings.push(warning('bad-coordinates', entry.file, { reason: `${raw.href}: ${reason}` }))
      continue
    }
    const zone: Zone = { id: `${result.page.id}-z${result.page.zones.length + 1}`, kind: 'text', polygon }
    result.page.zones.push(zone)
    result.zoneLinks.push(raw.href)
  }
}

/** Assembles one page: renditions that were delivered, zones as fractions of the page, warnings for what is missing. */
export async function assemblePage(
  entry: IssuePage,
  id: string,
  source: Source,
  resolve: LinkResolver,
): Promise<PageResult> {
  const { layout } = entry
  const page: Page = { id, label: entry.label, name: entry.name, width: 0, height: 0, renditions: [], zones: [] }
  const result: PageResult = { page, zoneLinks: [], files: [], warnings: [] }
  if (layout) {
    result.files.push(entry.file)
    if (Object.keys(layout.metadata).length > 0) page.metadata = layout.metadata
    const brief = await pictures(entry, layout, resolve, source, result)
    const natural = brief?.width && brief.height ? { width: brief.width, height: brief.height } : undefined
    const size = displayedSize(layout, natural)
    const best = page.renditions.find((each) => each.width && each.height) ?? size
    page.width = Math.round(best?.width ?? 0)
    page.height = Math.round(best?.height ?? 0)
    zones(entry, layout, size ?? { width: 1, height: 1 }, result)
  } else result.warnings.push(warning('missing-page', entry.file))
  const pdf = entry.pdf ?? (layout?.pdf === undefined ? undefined : { from: entry.file, href: layout.pdf })
  const target = pdf && resolve(pdf.from, pdf.href)
  if (target?.path) page.renditions.push({ kind: 'pdf', file: target.path, mime: 'application/pdf', pdfPage: 0 })
  else if (target && layout) result.warnings.push(warning('missing-pdf', target.wanted))
  if (page.renditions.length === 0 && page.width > 0) {
    // No picture: the shape of the page is known all the same, and says how its zones lie.
    page.metadata = { ...page.metadata, 'layout-width': page.width, 'layout-height': page.height }
    page.width = 0
    page.height = 0
  }
  result.files.push(...page.renditions.map((rendition) => rendition.file))
  return result
}
