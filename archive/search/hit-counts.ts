import { isoDate } from './search-document.ts'
import type { SegmentSearch } from './segment-search.ts'

/** Counts of hits by `YYYY-MM`, by day, by id of the title, by page label and by section. */
export interface HitCounts {
  months: Record<string, number>
  /** By ISO date. */
  days: Record<string, number>
  titles: Record<string, number>
  /** By normalised page label, upper case. */
  pages: Record<string, number>
  /** By folded section; `article`: one of its articles, which knows how the section is written. */
  sections: Record<string, { count: number; article: number }>
}

/** Counts in a segment, by the segment's own numbers for titles, sets of page labels and sections. */
interface SegmentCounts {
  titles: Uint32Array
  pages: Uint32Array
  sections: Uint32Array
  /** Of each section, an article's number in the catalogue. */
  examples: Uint32Array
}

/** Counts hits as they are found: only numbers meet here, names come in when all is counted. */
export function hitCounts() {
  const days = new Map<number, number>()
  const segments = new Map<SegmentSearch, SegmentCounts>()

  const countsOf = (search: SegmentSearch): SegmentCounts => {
    const known = segments.get(search)
    if (known) return known
    const { titles, pages, sections } = search.segment.head
    const counts = {
      titles: new Uint32Array(titles.length),
      pages: new Uint32Array(pages.length),
      sections: new Uint32Array(sections.length),
      examples: new Uint32Array(sections.length),
    }
    segments.set(search, counts)
    return counts
  }

  return {
    /** Takes in the hit at a position of a segment. */
    add(search: SegmentSearch, position: number): void {
      const { arrays } = search.segment
      const counts = countsOf(search)
      const day = arrays.days[position] ?? 0
      days.set(day, (days.get(day) ?? 0) + 1)
      const count = (list: Uint32Array, at = 0): void => void (list[at] = (list[at] ?? 0) + 1)
      count(counts.titles, arrays.titles[position])
      count(counts.pages, arrays.pages[position])
      count(counts.sections, arrays.sections[position])
      counts.examples[arrays.sections[position] ?? 0] = arrays.ids[position] ?? 0
    },
    counted(): HitCounts {
      const found: HitCounts = { months: {}, days: {}, titles: {}, pages: {}, sections: {} }
      const add = (list: Record<string, number>, key: string, count: number): void => {
        list[key] = (list[key] ?? 0) + count
      }
      for (const [number, count] of [...days].sort(([a], [b]) => a - b)) {
        const date = isoDate(number)
        add(found.days, date, count)
        add(found.months, date.slice(0, 7), count)
      }
      for (const [{ segment }, counts] of segments) {
        const { titles, pages, sections } = segment.head
        counts.titles.forEach((count, at) => count && add(found.titles, titles[at] ?? '', count))
        counts.pages.forEach((count, at) => {
          for (const label of (pages[at] ?? '').split(' '))
            if (label && count) add(found.pages, label.toUpperCase(), count)
        })
        counts.sections.forEach((count, at) => {
          const name = sections[at] ?? ''
          if (!name || !count) return
          const before = found.sections[name]?.count ?? 0
          found.sections[name] = { count: before + count, article: counts.examples[at] ?? 0 }
        })
      }
      return found
    },
  }
}
