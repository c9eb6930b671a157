import * as v from 'valibot'
import { count, isoDate, issue, word } from './call.ts'

const words = v.pipe(v.array(word(120)), v.maxLength(100))

/** What is searched for, and where. */
export const searchQuery = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(500)),
  titles: v.optional(v.pipe(v.array(word(120)), v.maxLength(500))),
  from: v.optional(isoDate),
  to: v.optional(isoDate),
  exactGlyphs: v.optional(v.boolean()),
  fuzzy: v.optional(v.boolean()),
  kinds: v.optional(v.pipe(v.array(v.picklist(['article', 'photo', 'advert', 'notice', 'page'])), v.maxLength(5))),
  pages: v.optional(words),
  sections: v.optional(words),
  withText: v.optional(v.boolean()),
  within: v.optional(v.strictObject({ ...issue, page: v.optional(word(120)), article: v.optional(word(200)) })),
  sort: v.optional(v.picklist(['newest', 'oldest', 'relevance'])),
  offset: v.optional(count(10_000_000)),
  limit: v.optional(count(200)),
})
