import type { Element, ParentNode } from 'domhandler'
import { isTag } from 'domhandler'
import { attribute, elements, firstElement, isMarked, textOf } from './html-tree.ts'
import { plainFileName } from './link-resolution.ts'
import { parsePageLabel } from './page-label.ts'

/** One entry of a page list 版面导航. */
export interface ListedPage {
  href: string
  label: string
  name?: string
  /** PDF link of the same row. */
  pdf?: string
}

const listMarks = ['pageList', 'bmdh', 'layoutlist', 'Therestlist', 'pgn', 'swiper-slide', 'rigth_bmdh_href', 'bmml']

/** Rows are small: beyond this many parents the link and the PDF belong to different things. */
const rowHeight = 5

function isPdfLink(element: Element): boolean {
  return element.name === 'a' && /\.pdf(?:[?#]|$)/i.test(attribute(element, 'href') ?? '')
}

function isPageHref(href: string | undefined): href is string {
  return !!href && !/^(?:javascript|mailto):|^#/i.test(href) && /\.(?:s?html?|php|aspx?|jsp)(?:[?#]|$)/i.test(href)
}

function hasListMark(link: Element): boolean {
  for (let at: ParentNode | null = link; at; at = at.parent) if (isTag(at) && isMarked(at, ...listMarks)) return true
  return false
}

function pageLink(link: Element): ListedPage | undefined {
  const href = attribute(link, 'href')
  if (link.name !== 'a' || !isPageHref(href)) return undefined
  const isNamed = isMarked(link, 'pageLink')
  const text = textOf(link)
  const parsed = parsePageLabel(text) ?? parsePageLabel(attribute(link, 'title') ?? '')
  if (!parsed) {
    // A page link without a label that can be read is still a page, under the text it has.
    const bare = text.trim()
    return isNamed && bare ? { href, label: bare } : undefined
  }
  // Outside the known lists a text must be a whole label with 版 in it: headlines may begin with a number and a colon.
  return isNamed || hasListMark(link) || /^[\s\u3000]*第?\s*[A-Za-z]{0,4}\d{1,4}\s*版/.test(text)
    ? { href, ...parsed }
    : undefined
}

function rowPdf(link: Element, key: string, keyOf: (each: Element) => string | undefined): string | undefined {
  let at: ParentNode | null = link.parent
  for (let height = 0; at && height < rowHeight; height++, at = at.parent) {
    const foreign = firstElement(at, (each) => (keyOf(each) ?? key) !== key)
    if (foreign) return undefined
    const pdf = firstElement(at, isPdfLink)
    if (pdf) return attribute(pdf, 'href')
  }
  return undefined
}

/** A key under which two links to one page meet: `./node_1.htm` and `node_1.htm`, in any case. */
export function pageKey(href: string): string {
  return plainFileName(href)
}

/**
 * The pages of the issue in the order of its page lists. Templates print the list two or three times and repeat the id
 * `pageLink` on every entry; entries with the same address are one page, and the first text wins.
 */
export function pageList(root: ParentNode): ListedPage[] {
  const links = new Map<Element, ListedPage>()
  for (const link of elements(root, (each) => each.name === 'a')) {
    const listed = pageLink(link)
    if (listed) links.set(link, listed)
  }
  const keyOf = (each: Element): string | undefined => {
    const listed = links.get(each)
    return listed && pageKey(listed.href)
  }
  const pages = new Map<string, ListedPage>()
  for (const [link, listed] of links) {
    const key = pageKey(listed.href)
    const page = pages.get(key) ?? listed
    page.name ??= listed.name
    page.pdf ??= rowPdf(link, key, keyOf)
    pages.set(key, page)
  }
  return [...pages.values()]
}

/** The PDF link that belongs to the page itself: the first one that stands in no row of the page list. */
export function ownPdf(root: ParentNode, pages: ListedPage[]): string | undefined {
  const listed = new Set(pages.map((page) => page.pdf))
  const links = elements(root, isPdfLink).map((link) => attribute(link, 'href') ?? '')
  return links.find((href) => !listed.has(href)) ?? links[0]
}
