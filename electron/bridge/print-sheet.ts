import * as v from 'valibot'

/**
 * What is laid out on paper, in a page of its own that nobody sees (renderer/sheet.html): the job stands behind the `#`
 * of its address as JSON.
 */

const word = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest))
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const archive = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
const language = v.picklist(['zh-Hans', 'zh-Hant', 'en'])

export const boxSchema = v.strictObject({ x: fraction, y: fraction, w: fraction, h: fraction })

export const issueFields = {
  archive,
  title: word(120),
  date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
  edition: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
}

/** A page, an article with the pages it stands on, or a part of a page. */
export const takeawayJob = v.strictObject({
  ...issueFields,
  page: word(120),
  article: v.optional(word(200)),
  box: v.optional(boxSchema),
  /** Text that the reader selected, in place of the whole article. */
  selection: v.optional(word(200_000)),
  /** What of it: the picture of the page, the text. */
  picture: v.boolean(),
  text: v.boolean(),
  language,
})

export const paper = v.strictObject({
  size: v.picklist(['A4', 'A3', 'Letter', 'Tabloid']),
  landscape: v.boolean(),
})

export type TakeawayJob = v.InferOutput<typeof takeawayJob>
export type Paper = v.InferOutput<typeof paper>

/** The lines below an exported picture, laid out `width` CSS pixels wide. */
export interface SourceLinesJob {
  lines: string[]
  width: number
  language: TakeawayJob['language']
}

/** A clippings book, by the token that main gave it. */
export interface BookJob {
  token: string
  language: TakeawayJob['language']
}

export type SheetJob = { takeaway: TakeawayJob } | { source: SourceLinesJob } | { book: BookJob }

/** The page says in its title how far it is: `ready <height in CSS pixels>` and then its name, or `failed <code>`. */
export const sheetReady = /^ready (\d+)$/
export const sheetFailed = /^failed ([a-z-]+)$/
