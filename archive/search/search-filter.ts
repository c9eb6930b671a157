import { ArchiveError } from '../errors.ts'
import type { SearchQuery } from '../model.ts'
import { both, documentSet, type DocumentSet } from './document-set.ts'
import { articleKinds, dayNumber, pageKey, sectionKey } from './search-document.ts'
import type { Segment } from './segment-reader.ts'

/** What an article must be besides answering the query; all that are given must hold. */
export interface SearchFilter {
  /** Days as `20130110`, inclusive. */
  from: number
  to: number
  titles?: ReadonlySet<string>
  kinds?: ReadonlySet<number>
  pages?: readonly string[]
  sections?: ReadonlySet<string>
  withText?: boolean
  ids?: ReadonlySet<number>
}

/** The filters of a question. `ids`: only these articles, for a search within an issue. */
export type FilterOptions = Pick<
  SearchQuery,
  'from' | 'to' | 'titles' | 'kinds' | 'pages' | 'sections' | 'withText'
> & {
  ids?: ReadonlySet<number>
}

function dayOf(date: string | undefined, missing: number): number {
  if (date === undefined || date === '') return missing
  const day = dayNumber(date)
  if (day === 0) throw new ArchiveError('bad-request', { reason: date.slice(0, 40) })
  return day
}

function setOf<From, To>(wishes: readonly From[] | undefined, read: (wish: From) => To): Set<To> | undefined {
  return wishes && wishes.length > 0 ? new Set(wishes.map(read)) : undefined
}

/** Reads the filters. Throws `bad-request` for a date that is none. */
export function filterOf(options: FilterOptions): SearchFilter {
  const pages = setOf(options.pages, pageKey)
  return {
    from: dayOf(options.from, 0),
    to: dayOf(options.to, 99_999_999),
    titles: setOf(options.titles, (title) => title),
    kinds: setOf(options.kinds, (kind) => articleKinds.indexOf(kind)),
    pages: pages && [...pages],
    sections: setOf(options.sections, sectionKey),
    withText: options.withText,
    ids: options.ids,
  }
}

/** The positions for which the test holds. */
export function positionsWhere(size: number, matches: (position: number) => boolean): DocumentSet {
  const set = documentSet(size)
  for (let position = 0; position < size; position++) {
    if (matches(position)) set[position >>> 5] = (set[position >>> 5] ?? 0) | (1 << (position & 31))
  }
  return set
}

/** The positions of a segment that pass the filter; undefined when all do. */
export function positionsPassing(
  segment: Segment,
  days: [number, number],
  filter: SearchFilter,
): DocumentSet | undefined {
  const { head, arrays } = segment
  const restrictions: DocumentSet[] = []
  const keep = (matches: (position: number) => boolean): void => {
    restrictions.push(positionsWhere(head.documents, matches))
  }
  /** A property kept as a number into a list: the test runs once for each of the list. */
  const keepNumbered = (list: string[], numbers: Uint16Array, matches: (value: string) => boolean): void => {
    const matching = list.map(matches)
    keep((position) => matching[numbers[position] ?? 0] ?? false)
  }
  const { from, to, titles, kinds, pages, sections, withText, ids } = filter
  if (from > days[0] || to < days[1]) {
    keep((position) => (arrays.days[position] ?? 0) >= from && (arrays.days[position] ?? 0) <= to)
  }
  if (titles) keepNumbered(head.titles, arrays.titles, (title) => titles.has(title))
  if (pages) keepNumbered(head.pages, arrays.pages, (labels) => pages.some((page) => labels.includes(` ${page} `)))
  if (sections) keepNumbered(head.sections, arrays.sections, (section) => sections.has(section))
  if (kinds) keep((position) => kinds.has(((arrays.flags[position] ?? 0) >>> 2) & 7))
  if (withText !== undefined) keep((position) => (((arrays.flags[position] ?? 0) & 2) !== 0) === withText)
  if (ids) keep((position) => ids.has(arrays.ids[position] ?? 0))
  return restrictions.length > 0 ? restrictions.reduce(both) : undefined
}
