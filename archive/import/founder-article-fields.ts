import { isComment } from 'domhandler'
import type { AnyNode, Element, ParentNode } from 'domhandler'
import { cleanLine } from './clean-text.ts'
import { attribute, elements, firstElement, isInside, isMarked, textOf, walk } from './html-tree.ts'

interface ArticleFields {
  kicker?: string
  headline?: string
  subtitle?: string
  byline?: string
  section?: string
}

export interface FoundFields {
  fields: ArticleFields
  /** Elements whose text is a field, so that the body does not repeat it. */
  used: Set<AnyNode>
}

type Field = keyof ArticleFields

/** Ids of the templates seen. Classes of the same words stand on other boxes, so only the id counts. */
const ids: Record<string, Field> = {
  pretitle: 'kicker',
  yinti: 'kicker',
  introtitle: 'kicker',
  title: 'headline',
  doctitle: 'headline',
  bshare_text: 'headline',
  'main-title': 'headline',
  subtitle: 'subtitle',
  subdoctitle: 'subtitle',
  author: 'byline',
}

/** Classes that only article templates use. */
const classes: [field: Field, name: string][] = [
  ['kicker', 'leading_title'],
  ['headline', 'BSHARE_TEXT'],
  ['byline', 'lai'],
  ['byline', 'sec'],
  ['byline', 'article-author'],
]

const comments: Record<string, Field> = {
  'article-pretitle': 'kicker',
  'article-title': 'headline',
  'article-subtitle': 'subtitle',
  'article-author': 'byline',
  'article-column': 'section',
}

const opening = /^\s*<\s*npm:([\w-]+)\s*\/?>\s*$/i

/**
 * Text of an npm comment pair. Editors' tools also put the text before or behind the pair: then the parent's text
 * counts, as long as the pair is the only one in it.
 */
function commentedText(comment: AnyNode): { text: string; parent?: Element } {
  const parent = comment.parent
  if (!parent) return { text: '' }
  let pairs = 0
  for (const { node } of walk(parent)) if (isComment(node) && opening.test(node.data)) pairs++
  if (pairs === 1 && 'attribs' in parent && !['body', 'html'].includes(parent.name)) {
    return { text: cleanLine(textOf(parent)), parent }
  }
  let text = ''
  for (let at: AnyNode | null = comment.next; at; at = at.next) {
    if (isComment(at)) break
    if ('data' in at) text += at.data
    else if ('children' in at) text += textOf(at)
  }
  return { text: cleanLine(text) }
}

/** `《人民日报》（2017年10月16日 第 01 版）` beside the author names the issue, not the author. */
function withoutIssue(byline: string): string {
  return byline.replace(/[《〈].{1,20}[》〉]\s*[（(][^（()）]*版[^（()）]*[)）]/g, '').trim()
}

/** `td.bt2` is the kicker above `td.bt1` and the subtitle below it. */
function bt2Field(element: Element, headline: Element | undefined, order: Element[]): Field {
  return headline && order.indexOf(element) > order.indexOf(headline) ? 'subtitle' : 'kicker'
}

/** Templates without names: a large bold headline between two smaller spans. */
function styledHeadline(root: ParentNode): [Element, Field][] {
  const styleOf = (each: Element): string => attribute(each, 'style') ?? ''
  const headline = firstElement(root, (each) => each.name === 'strong' && /font-size:\s*2\d\s*px/i.test(styleOf(each)))
  if (!headline?.parent) return []
  const spans = elements(headline.parent, (each) => each === headline || /font-size:\s*1\d\s*px/i.test(styleOf(each)))
  const middle = spans.indexOf(headline)
  return spans
    .filter((each) => each === headline || (!isInside(each, headline) && !isInside(headline, each)))
    .map((each, index) => [each, each === headline ? 'headline' : index < middle ? 'kicker' : 'subtitle'])
}

/** people.com.cn: h3 肩题, h1 标题, h2 副题, h4 作者 inside `.article` or `.text_c`; others use `.newsdetatit h3`. */
function headings(root: ParentNode): [Element, Field][] {
  const box = firstElement(root, (each) => isMarked(each, 'text_c', 'article', 'newsdetatit', 'article-box')) ?? root
  const hasH1 = firstElement(box, (each) => each.name === 'h1') !== undefined
  const byTag: Record<string, Field> = hasH1
    ? { h3: 'kicker', h1: 'headline', h2: 'subtitle', h4: 'byline' }
    : { h3: 'headline' }
  const isBodyPart = (each: Element): boolean => {
    for (let at = each.parent; at; at = at.parent) {
      if ('attribs' in at && isMarked(at as Element, 'ozoom', 'articleContent')) return true
    }
    return false
  }
  return elements(box, (each) => each.name in byTag && !isBodyPart(each)).map((each) => [
    each,
    byTag[each.name] ?? 'headline',
  ])
}

/** Kicker, headline, subtitle, byline and section of an article page, from the first template that fits each. */
export function articleFields(root: ParentNode): FoundFields {
  const fields: ArticleFields = {}
  const used = new Set<AnyNode>()
  const take = (field: Field, text: string, element?: AnyNode): void => {
    const value = field === 'byline' ? withoutIssue(cleanLine(text)) : cleanLine(text)
    if (value && fields[field] === undefined) fields[field] = value
    // Also a copy of a field that is already known is no part of the body.
    if (element && (value === '' || fields[field] === value)) used.add(element)
  }
  for (const { node } of walk(root)) {
    const name = isComment(node) ? opening.exec(node.data)?.[1]?.toLowerCase() : undefined
    const field = name === undefined ? undefined : comments[name]
    if (!field) continue
    const { text, parent } = commentedText(node)
    take(field, text, parent)
  }
  const byElement: Record<string, Field> = {
    'founder-title': 'headline',
    'founder-subtitle': 'subtitle',
    'founder-introtitle': 'kicker',
    'founder-author': 'byline',
  }
  for (const each of elements(root, (element) => element.name in byElement)) {
    take(byElement[each.name] ?? 'headline', textOf(each), each)
  }
  // Empty comment pairs still prove the template: its ids and headings are then no headline of the article.
  const order = elements(root, (each) => isMarked(each, 'bt1', 'bt2'))
  const bt1 = order.find((each) => isMarked(each, 'bt1'))
  if (bt1) take('headline', textOf(bt1), bt1)
  for (const each of order.filter((cell) => isMarked(cell, 'bt2'))) take(bt2Field(each, bt1, order), textOf(each), each)
  for (const each of elements(root, (element) => (element.attribs.id ?? '').trim().toLowerCase() in ids)) {
    take(ids[(each.attribs.id ?? '').trim().toLowerCase()] ?? 'headline', textOf(each), each)
  }
  for (const [field, name] of classes) {
    for (const each of elements(root, (element) => isMarked(element, name))) take(field, textOf(each), each)
  }
  const detail = firstElement(root, (each) => isMarked(each, 'newsdetatit'))
  if (detail?.parent) {
    for (const each of elements(detail.parent, (element) => isMarked(element, 'intro', 'sub'))) {
      take(isMarked(each, 'intro') ? 'kicker' : 'subtitle', textOf(each), each)
    }
  }
  if (fields.headline === undefined) {
    // What is a field already by its class is not another one by its tag.
    for (const [each, field] of headings(root)) if (!used.has(each)) take(field, textOf(each), each)
  }
  if (fields.headline === undefined) for (const [each, field] of styledHeadline(root)) take(field, textOf(each), each)
  return { fields, used }
}
