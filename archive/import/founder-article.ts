import { isComment, isTag } from 'domhandler'
import type { AnyNode, Element, ParentNode } from 'domhandler'
import type { Block, Metadata } from '../model.ts'
import { type BodyPhoto, bodyOf, isTemplateImage, photosOf } from './article-body.ts'
import { cleanLine, cleanOptional } from './clean-text.ts'
import { articleFields } from './founder-article-fields.ts'
import { enpProperties, property } from './founder-properties.ts'
import {
  attribute,
  elements,
  firstElement,
  isInside,
  isMarked,
  parseHtml,
  type Step,
  textOf,
  walk,
} from './html-tree.ts'

/** An article page 稿件页 as the site has it; picture links are unresolved. */
export interface FounderArticle {
  kicker?: string
  headline: string
  /** False when the headline is only the page's `<title>`. */
  isHeadlineMarked: boolean
  subtitle?: string
  byline?: string
  section?: string
  blocks: Block[]
  photos: BodyPhoto[]
  metadata: Metadata
}

interface Page {
  root: ParentNode
  steps: Step[]
  /** Where an element is entered and left. */
  at: Map<AnyNode, { from: number; to: number }>
}

function readPage(html: string): Page {
  const root = parseHtml(html)
  const steps = [...walk(root)]
  const at = new Map<AnyNode, { from: number; to: number }>()
  steps.forEach(({ node }, index) => {
    const place = at.get(node)
    if (place) place.to = index
    else at.set(node, { from: index, to: index })
  })
  return { root, steps, at }
}

const bodyMarks = ['ozoom', 'articleContent', 'article-content', 'newsdetatext', 'article_content', 'text', 'content']

/** A stretch between a pair of comments: `<!--<npm:article-content>-->`, `<!--enpcontent-->`, also nested twice. */
function commentStretch(page: Page, name: string): Step[] | undefined {
  const opening = new RegExp(`^\\s*<?\\s*${name}\\s*/?>?\\s*$`, 'i')
  const closing = new RegExp(`^\\s*<?\\s*/\\s*${name}\\s*>?\\s*$`, 'i')
  const from = page.steps.findIndex(({ node }) => isComment(node) && opening.test(node.data))
  if (from < 0) return undefined
  const to = page.steps.findLastIndex(({ node }) => isComment(node) && closing.test(node.data))
  return page.steps.slice(from + 1, to > from ? to : undefined)
}

function elementStretch(page: Page, element: Element | undefined): Step[] | undefined {
  const place = element && page.at.get(element)
  return place && page.steps.slice(place.from + 1, place.to)
}

function* bodyStretches(page: Page): Generator<Step[]> {
  const candidates = [
    () => commentStretch(page, 'npm:article-content'),
    () => commentStretch(page, 'enpcontent'),
    () =>
      elementStretch(
        page,
        firstElement(page.root, (each) => each.name === 'founder-content'),
      ),
    ...bodyMarks.map(
      (mark) => () =>
        elementStretch(
          page,
          firstElement(page.root, (each) => isMarked(each, mark)),
        ),
    ),
    () =>
      elementStretch(
        page,
        firstElement(page.root, (each) => isMarked(each, 'article', 'text_c')),
      ),
  ]
  for (const candidate of candidates) {
    const stretch = candidate()
    if (stretch) yield stretch
  }
}

/** Tables of a photo and its caption are small; a layout table that holds the whole article is not one of them. */
const longestPhotoTable = 600

function hasPhoto(element: Element): boolean {
  const isPhoto = (each: Element): boolean => each.name === 'img' && !isTemplateImage(attribute(each, 'src') ?? '')
  return firstElement(element, isPhoto) !== undefined
}

/** The innermost photo tables and figures, wherever the template puts them. */
function photoTables(page: Page, body: Step[]): Element[] {
  const inBody = new Set(body.map(({ node }) => node))
  const found = elements(page.root, (each) => {
    const isKnown = isMarked(each, 'newspic', 'pci_c', 'attachment', 'art-pic') || each.name === 'figure'
    const isTable = each.name === 'table' && inBody.has(each)
    return (isKnown || isTable) && hasPhoto(each) && textOf(each).length <= longestPhotoTable
  })
  return found.filter((outer) => !found.some((inner) => inner !== outer && isInside(inner, outer)))
}

/** Pictures between `npm:article-pic` comments that stand in no known photo table. */
function commentedPhotos(page: Page): BodyPhoto[] {
  const pictures = commentStretch(page, 'npm:article-pic')
  const captions = commentStretch(page, 'npm:article-pic-text')
  if (!pictures) return []
  const photos = photosOf(pictures)
  const first = photos[0]
  const text = captions && bodyOf(captions, new Set()).blocks.map((block) => block.text)
  if (first && !first.caption && text && text.length > 0) first.caption = text.join(' ')
  return photos
}

function distinct(photos: BodyPhoto[]): BodyPhoto[] {
  const bySource = new Map<string, BodyPhoto>()
  for (const photo of photos) {
    const known = bySource.get(photo.src)
    if (!known) bySource.set(photo.src, { ...photo, caption: cleanOptional(photo.caption) })
    else known.caption ??= cleanOptional(photo.caption)
  }
  return [...bySource.values()]
}

/** The body often begins with a copy of the headline. */
function withoutRepeatedHeadline(blocks: Block[], headline: string): Block[] {
  return headline !== '' && blocks[0]?.text === headline ? blocks.slice(1) : blocks
}

/**
 * Parses an article page of any of the known templates. Never throws: a page with none of the known marks gives its
 * `<title>` and no blocks.
 */
export function parseArticle(html: string): FounderArticle {
  const page = readPage(html)
  const metadata = enpProperties(html)
  const { fields, used } = articleFields(page.root)
  const headline = fields.headline ?? property(metadata, 'founder-title', 'title')
  let [blocks, photos]: [Block[], BodyPhoto[]] = [[], []]
  for (const stretch of bodyStretches(page)) {
    const tables = photoTables(page, stretch)
    const body = bodyOf(stretch, new Set<AnyNode>([...used, ...tables]))
    if (blocks.length === 0) blocks = body.blocks
    const fromTables = tables.flatMap((table) => photosOf(elementStretch(page, table) ?? []))
    photos.push(...fromTables, ...body.photos)
    if (blocks.length > 0) break
  }
  photos = distinct([...photos, ...commentedPhotos(page)])
  const title = firstElement(page.root, (each) => isTag(each) && each.name === 'title')
  const shown = headline ?? (title ? cleanLine(textOf(title)) : '')
  return {
    kicker: fields.kicker ?? property(metadata, 'introtitle', 'founder-introtitle'),
    headline: shown,
    isHeadlineMarked: headline !== undefined,
    subtitle: fields.subtitle ?? property(metadata, 'founder-subtitle', 'subtitle'),
    byline: fields.byline ?? property(metadata, 'founder-author', 'author'),
    section: fields.section,
    blocks: withoutRepeatedHeadline(blocks, shown),
    photos,
    metadata,
  }
}
