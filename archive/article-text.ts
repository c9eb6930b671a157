import type { Article } from './model.ts'

export type TextField = 'kicker' | 'headline' | 'subtitle' | 'byline' | 'body' | 'caption'

/** A stretch of an article's flat text: UTF-16 offsets, end exclusive. */
export interface TextSpan {
  field: TextField
  start: number
  end: number
  /** Index into `blocks` (body) or `photos` (caption). */
  part?: number
}

export interface ArticleText {
  /** All fields, one line each (`\n`): the text that is indexed, counted and that hits point into. */
  text: string
  spans: TextSpan[]
}

/** The flat text of an article and where each field stands in it. */
export function articleText(
  article: Pick<Article, 'kicker' | 'headline' | 'subtitle' | 'byline' | 'blocks' | 'photos'>,
): ArticleText {
  const spans: TextSpan[] = []
  const lines: string[] = []
  let length = 0
  const add = (field: TextField, value: string | undefined, part?: number): void => {
    if (!value) return
    const start = length
    lines.push(value)
    length += value.length + 1
    spans.push(part === undefined ? { field, start, end: length - 1 } : { field, start, end: length - 1, part })
  }
  add('kicker', article.kicker)
  add('headline', article.headline)
  add('subtitle', article.subtitle)
  add('byline', article.byline)
  article.blocks.forEach((block, index) => add('body', block.text, index))
  article.photos.forEach((photo, index) => add('caption', photo.caption, index))
  return { text: lines.join('\n'), spans }
}
