import type { Box, IssueDocument, Page } from '../model.ts'
import { boxOf, pixelsOf, type PageBlock } from './page-blocks.ts'

/** A picture of a page in the package. `path`: below the issue's folder. */
export interface PagePictureFile {
  path: string
  mime: string
  /** Pixels, where known. */
  width?: number
  height?: number
}

type Json = Record<string, unknown>

/** Text in a language, as IIIF has labels. */
function inLanguage(language: string, text: string): Json {
  return { [language]: [text] }
}

/**
 * An issue as a IIIF Presentation 3.0 manifest: a canvas a page, the text as W3C annotations that supplement it, the
 * articles as ranges over the places where they stand. `base`: URI of the issue's folder, ends with a slash.
 */
export function iiifManifest(
  issue: IssueDocument,
  base: string,
  pictures: ReadonlyMap<string, PagePictureFile>,
  blocks: ReadonlyMap<string, readonly PageBlock[]>,
): Json {
  const { language } = issue.title
  const heading = `${issue.title.name} ${issue.date}${issue.edition > 1 ? ` (${issue.edition})` : ''}`
  const facts: [string, string | undefined][] = [
    ['Date', issue.date],
    ['Number', issue.number],
    ['Edition', String(issue.edition)],
    ['Supplement', issue.supplement],
  ]
  return {
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id: `${base}manifest.json`,
    type: 'Manifest',
    label: inLanguage(language, heading),
    metadata: facts
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ label: { en: [name] }, value: inLanguage('none', value ?? '') })),
    navDate: `${issue.date}T00:00:00Z`,
    ...(issue.viewingDirection ? { viewingDirection: issue.viewingDirection } : {}),
    behavior: ['paged'],
    items: issue.pages.map((page) => canvas(page, base, pictures.get(page.id), blocks.get(page.id) ?? [], language)),
    ...(issue.articles.length > 0 ? { structures: [articleRanges(issue, base)] } : {}),
  }
}

function canvas(
  page: Page,
  base: string,
  picture: PagePictureFile | undefined,
  blocks: readonly PageBlock[],
  language: string,
): Json {
  const id = `${base}canvas/${page.id}`
  const { width, height } = pixelsOf(page)
  const painting = picture && {
    id: `${id}/painting/1`,
    type: 'Annotation',
    motivation: 'painting',
    body: {
      id: base + encodePath(picture.path),
      type: 'Image',
      format: picture.mime,
      width: picture.width || width,
      height: picture.height || height,
    },
    target: id,
  }
  return {
    id,
    type: 'Canvas',
    label: inLanguage(language, page.name ? `${page.label} ${page.name}` : page.label || page.id),
    width,
    height,
    items: [{ id: `${id}/painting`, type: 'AnnotationPage', items: painting ? [painting] : [] }],
    ...(blocks.length > 0 ? { annotations: [{ id: `${base}text/${page.id}.json`, type: 'AnnotationPage' }] } : {}),
  }
}

/** The text of a page as an annotation page of its own, to be stored at `text/PAGE.json`. */
export function iiifText(page: Page, base: string, blocks: readonly PageBlock[], language: string): Json {
  const { width, height } = pixelsOf(page)
  return {
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id: `${base}text/${page.id}.json`,
    type: 'AnnotationPage',
    items: blocks.map((block) => ({
      id: `${base}text/${page.id}/${block.id}`,
      type: 'Annotation',
      motivation: 'supplementing',
      body: { type: 'TextualBody', value: block.text, format: 'text/plain', language },
      target: `${base}canvas/${page.id}#xywh=${xywh(block.box, width, height)}`,
    })),
  }
}

function xywh({ x, y, w, h }: Box, width: number, height: number): string {
  const left = Math.min(width - 1, Math.round(x * width))
  const top = Math.min(height - 1, Math.round(y * height))
  const across = Math.max(1, Math.min(width - left, Math.round(w * width)))
  return [left, top, across, Math.max(1, Math.min(height - top, Math.round(h * height)))].join(',')
}

function articleRanges(issue: IssueDocument, base: string): Json {
  const items = issue.articles.map((article, at) => ({
    id: `${base}range/${at + 1}`,
    type: 'Range',
    label: inLanguage(issue.title.language, article.headline || article.id),
    items: article.pages.flatMap((id) => {
      const page = issue.pages.find((one) => one.id === id)
      if (!page) return []
      const { width, height } = pixelsOf(page)
      const zones = page.zones.filter((zone) => zone.article === article.id)
      const whole = { id: `${base}canvas/${id}`, type: 'Canvas' }
      if (zones.length === 0) return [whole]
      return zones.map(({ polygon }) => ({
        id: `${base}canvas/${id}#xywh=${xywh(boxOf(polygon), width, height)}`,
        type: 'Canvas',
      }))
    }),
  }))
  return { id: `${base}range/articles`, type: 'Range', label: { en: ['Articles'], zh: ['稿件'] }, items }
}

/** All issues of an archive as a IIIF collection. */
export function iiifCollection(
  name: string,
  base: string,
  issues: readonly { folder: string; issue: IssueDocument }[],
): Json {
  return {
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id: `${base}collection.json`,
    type: 'Collection',
    label: { none: [name] },
    items: issues.map(({ folder, issue }) => ({
      id: `${base}${encodePath(folder)}/manifest.json`,
      type: 'Manifest',
      label: inLanguage(issue.title.language, `${issue.title.name} ${issue.date}`),
      navDate: `${issue.date}T00:00:00Z`,
    })),
  }
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
