import { extname } from 'node:path'
import type { Article, IssueDocument } from '../model.ts'
import type { PageBlock } from './page-blocks.ts'
import { element, xmlText } from './xml-element.ts'

/** A file of the package, by its id. `path`: below the issue's folder, forward slashes. */
export interface PackageFile {
  id: string
  use: 'Images' | 'PDF' | 'Text'
  page: string
  path: string
  mime: string
  sha256: string
}

const namespaces = {
  xmlns: 'http://www.loc.gov/METS/',
  'xmlns:mods': 'http://www.loc.gov/mods/v3',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
}

/**
 * An issue as METS 1.12 with its articles, in the manner of docWorks: physical pages with their files, logical articles
 * whose parts point at ALTO text blocks. `blocks`: by page id.
 */
export function metsIssue(
  issue: IssueDocument,
  files: readonly PackageFile[],
  blocks: ReadonlyMap<string, readonly PageBlock[]>,
  created: string,
): string {
  const label = `${issue.title.name}, ${issue.date}`
  const groups = (['Images', 'PDF', 'Text'] as const).flatMap((use) => {
    const own = files.filter((file) => file.use === use)
    return own.length > 0 ? [element('fileGrp', { USE: use }, own.map(fileElement))] : []
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
${element(
  'mets',
  { ...namespaces, TYPE: 'Newspaper', LABEL: label, OBJID: `${issue.title.id}/${issue.date}/${issue.edition}` },
  [
    element(
      'metsHdr',
      { CREATEDATE: created },
      element('agent', { ROLE: 'CREATOR', TYPE: 'OTHER', OTHERTYPE: 'SOFTWARE' }, element('name', {}, 'Banmian')),
    ),
    issueMods(issue),
    ...issue.articles.map((article, at) => articleMods(article, at, issue.title.language)),
    ...(groups.length > 0 ? [element('fileSec', {}, groups)] : []),
    physical(issue, files),
    logical(issue, files, blocks),
  ],
)}
`
}

function fileElement({ id, path, mime, sha256 }: PackageFile): string {
  const href = `file://./${path.split('/').map(encodeURIComponent).join('/')}`
  return element(
    'file',
    { ID: id, MIMETYPE: mime, CHECKSUM: sha256, CHECKSUMTYPE: 'SHA-256' },
    element('FLocat', { LOCTYPE: 'URL', 'xlink:href': href }),
  )
}

function mods(id: string, content: string[]): string {
  const data = element('xmlData', {}, element('mods:mods', {}, content))
  return element('dmdSec', { ID: id }, element('mdWrap', { MIMETYPE: 'text/xml', MDTYPE: 'MODS' }, data))
}

function text(name: string, value: string, attributes: Record<string, string> = {}): string {
  return element(name, attributes, xmlText(value))
}

function issueMods(issue: IssueDocument): string {
  const { title, date, edition, number, supplement } = issue
  const detail = (type: string, value: string): string => element('mods:detail', { type }, text('mods:number', value))
  return mods('MODSMD_ISSUE1', [
    element('mods:titleInfo', {}, [
      text('mods:title', title.name),
      ...(supplement ? [text('mods:partName', supplement)] : []),
    ]),
    text('mods:identifier', title.id, { type: 'local' }),
    element('mods:originInfo', {}, text('mods:dateIssued', date, { encoding: 'iso8601' })),
    element('mods:language', {}, text('mods:languageTerm', title.language, { type: 'code', authority: 'rfc3066' })),
    element('mods:part', {}, [
      ...(number ? [detail('issue', number)] : []),
      detail('edition', String(edition)),
      text('mods:date', date, { encoding: 'iso8601' }),
    ]),
  ])
}

function articleMods(article: Article, at: number, language: string): string {
  const { headline, subtitle, byline, section } = article
  return mods(`MODSMD_ARTICLE${at + 1}`, [
    element('mods:titleInfo', {}, [
      text('mods:title', headline || '—'),
      ...(subtitle ? [text('mods:subTitle', subtitle)] : []),
    ]),
    ...(byline ? [element('mods:name', { type: 'personal' }, text('mods:namePart', byline))] : []),
    ...(section ? [text('mods:genre', section)] : []),
    text('mods:identifier', article.id, { type: 'local' }),
    element('mods:language', {}, text('mods:languageTerm', language, { type: 'code', authority: 'rfc3066' })),
  ])
}

function physical(issue: IssueDocument, files: readonly PackageFile[]): string {
  const pages = issue.pages.map((page, at) =>
    element(
      'div',
      { ID: `PHYS${at + 1}`, TYPE: 'PAGE', ORDER: at + 1, ORDERLABEL: page.label, LABEL: page.name },
      files.filter((file) => file.page === page.id).map(({ id }) => element('fptr', { FILEID: id })),
    ),
  )
  return element('structMap', { TYPE: 'PHYSICAL' }, element('div', { ID: 'PHYSROOT', TYPE: 'Newspaper' }, pages))
}

function logical(
  issue: IssueDocument,
  files: readonly PackageFile[],
  blocks: ReadonlyMap<string, readonly PageBlock[]>,
): string {
  const altoOf = new Map(files.filter(({ use }) => use === 'Text').map(({ page, id }) => [page, id]))
  const areas = (article: Article, wanted: readonly string[]): string[] =>
    article.pages.flatMap((page) =>
      (blocks.get(page) ?? [])
        .filter((block) => block.article === article.id && wanted.includes(block.field))
        .map(({ id }) =>
          element('fptr', {}, element('area', { FILEID: altoOf.get(page), BETYPE: 'IDREF', BEGIN: id })),
        ),
    )
  let count = 0
  const div = (type: string, content: string[], more: Record<string, string | undefined> = {}): string[] =>
    content.length === 0 ? [] : [element('div', { ID: `LOG${(count += 1)}`, TYPE: type, ...more }, content)]
  const part = (article: Article, type: string, fields: string[]): string[] => div(type, areas(article, fields))
  const articles = issue.articles.flatMap((article, at) => {
    const paragraphs = areas(article, ['body']).map((area) => div('PARAGRAPH', div('TEXT', [area])).join(''))
    const heading = [
      ...part(article, 'OVERLINE', ['kicker']),
      ...part(article, 'TITLE', ['headline']),
      ...part(article, 'SUBHEADLINE', ['subtitle']),
      ...part(article, 'AUTHOR', ['byline']),
    ]
    const body = [...div('BODY_CONTENT', paragraphs), ...div('ILLUSTRATION', part(article, 'CAPTION', ['caption']))]
    const type = article.kind === 'advert' ? 'ADVERTISEMENT' : 'ARTICLE'
    const content = [...div('HEADING', heading), ...div('BODY', body)]
    const label = { DMDID: `MODSMD_ARTICLE${at + 1}`, LABEL: article.headline || undefined }
    return div(type, content.length > 0 ? content : [element('div', { TYPE: 'BODY' })], label)
  })
  const content = div('CONTENT', articles)
  const root = element('div', { ID: 'LOGROOT', TYPE: 'Newspaper', LABEL: issue.title.name }, [
    element('div', { TYPE: 'VOLUME' }, [
      element('div', { TYPE: 'ISSUE', DMDID: 'MODSMD_ISSUE1', LABEL: issue.number, ORDERLABEL: issue.date }, content),
    ]),
  ])
  return element('structMap', { TYPE: 'LOGICAL' }, root)
}

/** The ending of a stored file, without what tools cannot read. */
export function endingOf(file: string): string {
  return extname(file.replace(/~[0-9A-F]{2}.*$/, '')).toLowerCase() || '.bin'
}
