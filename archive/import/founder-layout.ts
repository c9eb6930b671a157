import type { Element, ParentNode } from 'domhandler'
import { isText } from 'domhandler'
import type { Metadata } from '../model.ts'
import { cleanLine, cleanOptional } from './clean-text.ts'
import { dateInText } from './founder-date.ts'
import { articleIdOf, isArticleName, isHtmlName, isLayoutName } from './founder-links.ts'
import { type ListedPage, ownPdf, pageList } from './founder-page-list.ts'
import { enpProperties, property } from './founder-properties.ts'
import { type RawZone, rawZone } from './founder-zones.ts'
import { attribute, elements, firstElement, parseHtml, textOf, walk } from './html-tree.ts'
import { plainFileName } from './link-resolution.ts'
import { parsePageLabel, type PageLabel } from './page-label.ts'

/** One entry of a page's article list 标题导航. */
interface ListedArticle {
  href: string
  headline: string
}

/** The picture under the image map, with the size its tag gives. */
interface LayoutImage {
  src: string
  width?: number
  height?: number
}

/** A layout page 版面页 as the site has it; links are unresolved, coordinates unscaled. */
export interface FounderLayout {
  pages: ListedPage[]
  own?: PageLabel
  zones: RawZone[]
  articles: ListedArticle[]
  image?: LayoutImage
  /** Links to larger pictures of the page. */
  largeImages: string[]
  pdf?: string
  date?: string
  paperName?: string
  /** True when the paper's name was said, not read off the page's title. */
  isPaperNamed: boolean
  number?: string
  isTraditional: boolean
  metadata: Metadata
}

const map = /<(?:map|area)\b|usemap\s*=|<polygon\b/i
const list = /\bid\s*=\s*["']?pageLink\b|\b(?:pageList|layoutlist|bmdh|Therestlist)\b/i

/** A quick look, without parsing, at whether a page may be a layout page. */
export function looksLikeLayout(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  return map.test(text) || list.test(text)
}

/** 江西日报社数字报 → 江西日报, 中国旅游报社-电子报平台 → 中国旅游报; undefined when no part sounds like a paper. */
export function paperNameIn(title: string): string | undefined {
  const parts = cleanLine(title).split(/[-_|—–·•:：\s]+/)
  const names = parts.map((part) =>
    part.replace(/(?:电子|数字|多媒体|网络)(?:版|报刊?|报纸).*$/, '').replace(/(?<=报)社$|(?<=报)(?:业)?集团$/, ''),
  )
  return names.find((name) => /.(?:报|刊|时报|消息|新闻)$/.test(name) && !/^(?:数字|电子)/.test(name))
}

function sizeAttribute(element: Element, name: string): number | undefined {
  const value = attribute(element, name) ?? ''
  const number = /^\d+(?:\.\d+)?(?:px)?$/i.test(value) ? Number.parseFloat(value) : 0
  return number > 0 ? number : undefined
}

function mapImage(root: ParentNode): Element | undefined {
  const images = elements(root, (each) => each.name === 'img' && !!attribute(each, 'src'))
  return (
    images.find((each) => each.attribs.usemap !== undefined) ??
    images.find((each) => /_(?:b|brief)\.(?:jpe?g|png|webp)$/i.test(attribute(each, 'src') ?? ''))
  )
}

function zonesOf(root: ParentNode): RawZone[] {
  return elements(root, (each) => each.name === 'area' || each.name === 'polygon')
    .map(rawZone)
    .filter((zone) => zone !== undefined)
}

/** people.com.cn writes its headlines by script: `document.write(view("标题<br>第二行  "))`. */
function writtenText(link: Element): string {
  let script = ''
  for (const { node } of walk(link)) if (isText(node)) script += node.data
  const literal = /\bview\s*\(\s*(["'])((?:\\.|(?!\1)[^\\])*)\1/.exec(script)?.[2]
  if (literal === undefined) return ''
  return literal
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(.)/g, '$1')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<[^>]*>/g, '')
}

function articleList(root: ParentNode, zones: RawZone[]): ListedArticle[] {
  const zoned = new Set(zones.map((zone) => plainFileName(zone.href)))
  const found = new Map<string, ListedArticle>()
  for (const link of elements(root, (each) => each.name === 'a')) {
    const href = attribute(link, 'href')
    if (!href || /^(?:javascript|mailto|https?):|^#/i.test(href)) continue
    const id = articleIdOf(href)
    if (!isArticleName(href) && (!zoned.has(plainFileName(href)) || !isHtmlName(href))) continue
    const text = cleanLine(textOf(link)) || cleanLine(writtenText(link)) || cleanLine(attribute(link, 'title') ?? '')
    if (/^(?:上一篇|下一篇|上一条|下一条|[<>34«»\s]*)$/.test(text) && text !== '') continue
    const known = found.get(id)
    if (!known) found.set(id, { href, headline: text })
    else if (known.headline === '') known.headline = text
  }
  for (const zone of zones) {
    const id = articleIdOf(zone.href)
    if (isLayoutName(zone.href) || /\.(?:pdf|jpe?g|png)$/i.test(zone.href)) continue
    if (!found.has(id)) found.set(id, { href: zone.href, headline: cleanLine(zone.title ?? '') })
  }
  return [...found.values()]
}

function largerImages(root: ParentNode, shown: string | undefined): string[] {
  return elements(root, (each) => each.name === 'a')
    .filter((link) => {
      const href = attribute(link, 'href') ?? ''
      if (!/\.(?:jpe?g|png|webp)(?:[?#]|$)/i.test(href) || /tplimg/i.test(href) || href === shown) return false
      const isAroundMap = firstElement(link, (each) => each.attribs.usemap !== undefined) !== undefined
      return isAroundMap || /大图|原图|高清|放大/.test(textOf(link)) || /_b\.\w+$/i.test(href)
    })
    .map((link) => attribute(link, 'href') ?? '')
}

/** 期号 stands beside the date; elsewhere on the page such words belong to headlines. */
function issueNumber(text: string): string | undefined {
  const date = /\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日/.exec(text)
  if (!date) return undefined
  const near = text.slice(Math.max(0, date.index - 60), date.index + date[0].length + 60)
  return /(?:总\s*)?第\s*(\d{1,6})\s*期/.exec(near)?.[1]
}

/** The page's own label, where the template prints it on a line of its own. */
export function ownLabel(text: string): PageLabel | undefined {
  for (const line of text.split('\n')) {
    if (!/^\s*第?\s*[A-Za-z]{0,4}\d{1,4}\s*版/.test(line)) continue
    const parsed = parsePageLabel(line.replace(/PDF版?下载.*$|上一版.*$|下一版.*$/i, ''))
    if (parsed) return parsed
  }
  return undefined
}

/** Parses a layout page; undefined when it has neither hot zones nor a page list. Nothing of its markup is kept. */
export function parseLayout(html: string): FounderLayout | undefined {
  const root = parseHtml(html)
  const pages = pageList(root)
  const zones = zonesOf(root)
  const image = mapImage(root)
  const articles = articleList(root, zones)
  if (pages.length === 0 && !(zones.length > 0 && articles.length > 0)) return undefined
  const metadata = enpProperties(html)
  const text = textOf(root)
  const channel = firstElement(root, (each) => each.name === 'input' && attribute(each, 'name') === 'channelname')
  const said = property(metadata, 'founder-papername', 'papername') ?? cleanOptional(channel?.attribs.value)
  const title = firstElement(root, (each) => each.name === 'title')
  const page = firstElement(root, (each) => each.name === 'html')
  const language = (page && attribute(page, 'lang')) ?? ''
  const src = image && attribute(image, 'src')
  return {
    pages,
    own: ownLabel(text),
    zones,
    articles,
    image:
      image && src ? { src, width: sizeAttribute(image, 'width'), height: sizeAttribute(image, 'height') } : undefined,
    largeImages: largerImages(root, src),
    pdf: ownPdf(root, pages),
    date: dateInText(property(metadata, 'founder-date', 'date') ?? '') ?? dateInText(text),
    paperName: said ?? (title && paperNameIn(textOf(title))),
    isPaperNamed: said !== undefined,
    number: issueNumber(text),
    isTraditional: /^zh-(?:tw|hk|mo|hant)/i.test(language) || /charset\s*=\s*["']?big5/i.test(html.slice(0, 4096)),
    metadata,
  }
}
