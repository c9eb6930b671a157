import type { Article, ImportWarning, IssueDocument, Metadata } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { dateIn, unknownDate } from './date-text.ts'
import { type FileFinder, stemOf } from './file-finder.ts'
import { warning } from './import-warning.ts'
import { languageOfNewspaper } from './language-of-text.ts'
import { languageTag } from './language-tag.ts'
import { MetsArticles } from './mets-articles.ts'
import { joinDescriptions, type MetsDescription } from './mets-description.ts'
import { type MetsDiv, type MetsDocument, withDescendants } from './mets-document.ts'
import { MetsPages } from './mets-pages.ts'
import { type MetsPage, PlaceFinder } from './mets-places.ts'
import { addFigures, languagesOf, restOfPage, textsIn } from './page-articles.ts'
import type { Source } from './source.ts'
import { titleFolderOf, titleIdOf } from './title-id.ts'

/** A METS file that was read, with the file it came from. */
export interface ReadMets {
  mets: MetsDocument
  file: string
}

export interface MetsIssueResult {
  issue: IssueDocument
  files: string[]
}

const issueTypes = /^(?:ISSUE|NEWSPAPERISSUE|SUPPLEMENT|ADDITIONAL)$/
const calendars = /^(?:YEAR|MONTH|DAY)$/

function chainTo(divs: readonly MetsDiv[], target: MetsDiv): MetsDiv[] {
  for (const div of divs) {
    if (div === target) return [div]
    const inner = chainTo(div.children, target)
    if (inner.length > 0) return [div, ...inner]
  }
  return []
}

/** The divs that are issues of their own: those that have pages; else the whole file is one. */
function issueDivs(mets: MetsDocument): MetsDiv[] {
  const all = mets.logical.flatMap(withDescendants)
  const issues = all.filter(
    (div) => issueTypes.test(div.type) && div.type !== 'SUPPLEMENT' && div.type !== 'ADDITIONAL',
  )
  const linked = issues.filter((div) => (mets.links.get(div.id) ?? []).length > 0)
  return issues.length > 1 ? linked : issues
}

/** True for files that only list years, months and other METS files. */
export function isCalendar({ logical, physical }: MetsDocument): boolean {
  const all = logical.flatMap(withDescendants)
  const hasIssue = all.some((div) => issueTypes.test(div.type) && div.pointers.length === 0)
  const isList = all.some((div) => calendars.test(div.type) || div.pointers.length > 0)
  const hasContent = all.some((div) => div.areas.length > 0)
  return isList && !hasIssue && !hasContent && (physical.length === 0 || all.some((div) => div.type === 'YEAR'))
}

/** Descriptions of what is around the pages: BnF describes an issue only there. */
function descriptionsAround({ physical, descriptions }: MetsDocument): MetsDescription[] {
  const around = physical.flatMap(withDescendants).filter((div) => div.children.length > 0)
  return around.reverse().flatMap((div) => div.descriptions.flatMap((id) => descriptions.get(id) ?? []))
}

/**
 * A PDF of the whole issue: named by the METS for no single page, or not mentioned and beside the METS under its name.
 * Its pages are those of the issue.
 */
function attachWholePdf(
  { mets, file }: ReadMets,
  source: Source,
  find: FileFinder,
  read: { pages: MetsPage[]; files: string[] },
): void {
  const ofPages = new Set(read.pages.flatMap(({ files }) => [...files]))
  const named = [...mets.files.values()]
    .filter(({ id, href, mime }) => !ofPages.has(id) && (/\.pdf$/i.test(href) || /pdf/i.test(mime)))
    .flatMap(({ href }) => find(file, href).path ?? [])
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  const stem = stemOf(file).replace(/[-_.]?mets$/, '')
  const beside = source.files.find(
    (each) =>
      /\.pdf$/i.test(each) &&
      each.startsWith(folder) &&
      !each.slice(folder.length).includes('/') &&
      stemOf(each) === stem,
  )
  const pdf = new Set(named).size === 1 ? named[0] : beside
  if (pdf === undefined || read.files.includes(pdf)) return
  if (read.pages.some(({ page }) => page.renditions.some(({ kind }) => kind === 'pdf'))) return
  read.files.push(pdf)
  read.pages.forEach(({ page }, index) =>
    page.renditions.push({ kind: 'pdf', file: pdf, mime: 'application/pdf', pdfPage: index }),
  )
}

interface Title {
  id: string
  name: string
}

const placeholder = /placeholder|^untitled$|^newspaper$/i
/** Identifiers that mean a title and not an issue, the most general first. */
const identifiers = ['issn', 'lccn', 'zdb', 'ZDB', 'ppn', 'PPN', 'CatalogueIdentifier', 'ENP', 'local', 'mmsid']

/** Volume, number and date that labels of issues carry behind the name. */
function plainTitle(label: string): string {
  return cleanLine(label)
    .replace(/[\s,;:(]*(?:no\.?\s*)?\(?\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:_\d+)?\)?\s*$/i, '')
    .replace(/[\s,;]*(?:no|nr|n°)\.?\s*$/i, '')
}

function titleOf(said: readonly MetsDescription[], mets: MetsDocument, file: string, source: Source): Title {
  const ofTitle =
    said.find((each) => each.host !== undefined) ?? said.find((each) => each.titles.some((title) => !dateIn(title)))
  const named = [ofTitle?.host, ofTitle?.titles[0], mets.label, ...mets.logical.map((div) => div.label)]
  const name = named
    .map((each) => plainTitle(each ?? ''))
    .find((each) => each !== '' && !placeholder.test(each) && /\p{L}/u.test(each))
  const folder = titleFolderOf(`${source.name}/${file}`)
  const number = identifiers.map((key) => ofTitle?.identifiers.get(key)).find((each) => each !== undefined)
  const shown = name && !dateIn(name) ? name : (folder ?? source.name)
  return { id: titleIdOf(number && name ? number : shown), name: shown }
}

/** Number of the edition; `1. Ausgabe` and `2` are both meant. */
function editionOf(said: MetsDescription, div: MetsDiv | undefined): number {
  const number = Number.parseInt(/\d+/.exec(said.edition ?? '')?.[0] ?? '', 10)
  const order = div?.order ?? 1
  if (number >= 1 && number <= 999) return number
  return order >= 1 && order <= 20 ? Math.trunc(order) : 1
}

/**
 * The issues of a METS file: pages with their renditions and text, articles with zones, the rest of the text as
 * stand-in articles, everything else that is said as metadata.
 */
export async function* metsIssues(
  { mets, file }: ReadMets,
  source: Source,
  find: FileFinder,
  importer: IssueDocument['source'],
): AsyncGenerator<MetsIssueResult> {
  // NDNP's METS of a reel lists targets of the camera, not pages.
  if (isCalendar(mets) || /reel/i.test(mets.type)) return
  const pages = new MetsPages(mets, file, source, find)
  const divs = issueDivs(mets)
  for (const div of divs.length > 0 ? divs : [undefined]) {
    const wanted =
      divs.length > 1 && div ? new Set(withDescendants(div).flatMap(({ id }) => mets.links.get(id) ?? [])) : undefined
    const read = await pages.read(wanted)
    if (read.pages.length === 0) continue
    if (divs.length <= 1) attachWholePdf({ mets, file }, source, find, read)
    const chain = div ? chainTo(mets.logical, div).reverse() : mets.logical.slice(0, 1)
    const said = chain.map((each) =>
      joinDescriptions(each.descriptions.flatMap((id) => mets.descriptions.get(id) ?? [])),
    )
    const all = [...said, ...descriptionsAround(mets)]
    const warnings: ImportWarning[] = [...read.warnings]
    const articles = readArticles(mets, file, div, read.pages, pages.byDiv, warnings)
    const own = joinDescriptions(all)
    const labels = [
      ...chain.flatMap((each) => [each.orderLabel, each.label]),
      mets.label,
      ...file.split('/').slice(-2).reverse(),
    ]
    const exact = own.date ?? labels.map(dateIn).find((each) => each !== undefined)
    const date = exact ?? (own.year ? `${own.year}-01-01` : unknownDate)
    if (exact === undefined) warnings.push(own.year ? warning('year-only', file, { date }) : warning('no-date', file))
    const [spoken] = languagesOf(read.pages.flatMap(({ text }) => text ?? []))
    const title = titleOf([...said].reverse().concat(descriptionsAround(mets)), mets, file, source)
    // The title of an issue is its own when it is not that of the newspaper: `[Heft 15]`.
    const ownTitle = said[0]?.titles[0]?.replace(/^\[|\]$/g, '')
    const number =
      own.number ??
      (ownTitle && !dateIn(ownTitle) && plainTitle(ownTitle) !== title.name ? ownTitle.slice(0, 200) : undefined)
    const supplement = div && /^(?:SUPPLEMENT|ADDITIONAL)$/.test(div.type) ? (div.label ?? 'supplement') : undefined
    const origin = { file, at: div?.id || undefined }
    const issue: IssueDocument = {
      format: 'banmian-issue',
      version: 1,
      title: {
        ...title,
        language:
          languageTag(own.language) ?? languageTag(spoken) ?? languageOfNewspaper(title.name, textsIn(read.pages)),
      },
      date,
      edition: editionOf(said[0] ?? own, div),
      ...(number ? { number } : {}),
      ...(supplement ? { supplement } : {}),
      pages: read.pages.map(({ page }) => page),
      articles,
      warnings,
      source: importer,
      origins: { '*': origin.at ? { file, at: origin.at } : { file } },
      metadata: metadataOf(own, exact !== undefined ? undefined : own.year ? 'year' : 'none'),
    }
    yield { issue, files: [...new Set([file, ...read.files])] }
  }
}

function metadataOf(said: MetsDescription, precision: 'year' | 'none' | undefined): Metadata {
  return {
    ...said.metadata,
    ...Object.fromEntries(said.identifiers),
    ...(said.volume ? { volume: said.volume } : {}),
    ...(said.place ? { place: said.place } : {}),
    ...(said.people.length > 0 ? { people: said.people } : {}),
    ...(precision ? { 'date precision': precision } : {}),
  }
}

function readArticles(
  mets: MetsDocument,
  file: string,
  div: MetsDiv | undefined,
  pages: MetsPage[],
  byDiv: ReadonlyMap<string, MetsPage>,
  warnings: ImportWarning[],
): Article[] {
  const reader = new MetsArticles(mets, new PlaceFinder(mets, pages, byDiv), file)
  for (const each of div ? [div] : mets.logical) reader.read(each)
  const lost = [...new Set(reader.lost)]
  if (lost.length > 0) {
    const shown = lost.slice(0, 5).join(', ')
    warnings.push(
      warning('bad-reference', file, { reason: `${lost.length} × (${shown}${lost.length > 5 ? ' …' : ''})` }),
    )
  }
  const rest = pages.flatMap(({ page, text }, index): Article[] => {
    const used = reader.used.get(pages[index] as MetsPage) ?? new Map()
    if (!text) return []
    addFigures(page, text, used)
    const article = restOfPage(page, text, used)
    return article ? [article] : []
  })
  return [...reader.articles, ...rest]
}
