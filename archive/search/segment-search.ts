import { join } from 'node:path'
import { both, documentSet, either, setOf, sizeOf, without, type DocumentSet } from './document-set.ts'
import { removedBits, type SegmentEntry } from './manifest.ts'
import { answers, type ArticleFacts } from './occurrences.ts'
import { encoderPhrase, type PhraseNode, positivePhrases, type QueryNode } from './query-language.ts'
import { positionsPassing, positionsWhere, type SearchFilter } from './search-filter.ts'
import { openSegment, type Segment } from './segment-reader.ts'
import { segmentIndex } from './segment-store.ts'
import { eachWord, findWords } from './segment-terms.ts'
import { provedByTerms } from './terms.ts'
import { differByOneLetter } from './tolerance.ts'

/** Candidates are read together when the gaps between their texts are smaller than this, in UTF-16 units. */
const nearUnits = 8_192
/** Most units that are read ahead. */
const windowUnits = 131_072

/** The articles of a segment that may answer a query, and those of them that do so for certain. */
export interface Candidates {
  possible: DocumentSet
  certain: DocumentSet
}

/** A segment that can be asked. All of its calls throw or reject with `DamagedSegment` when it is damaged. */
export interface SegmentSearch {
  entry: SegmentEntry
  segment: Segment
  facts(position: number): ArticleFacts
  /** The folded text of an article. `towards` says in which direction the caller goes on, to read ahead. */
  text(position: number, towards?: -1 | 1): string
  candidates(query: QueryNode, filter: SearchFilter): Promise<Candidates>
  /** Articles that may have one of the query's phrases in kicker, headline or subtitle. */
  headlineCandidates(query: QueryNode): Promise<DocumentSet>
  /** Words that begin so, with the number of their articles. */
  wordsBeginning(beginning: string): [word: string, count: number][]
  /** Of words, those of the segment that are one letter away. */
  wordsNear(words: string[]): Map<string, string[]>
  /** Whether an article answers the query, by its text. */
  verify(query: QueryNode, position: number, towards?: -1 | 1): boolean
}

function textReader(segment: Segment): SegmentSearch['text'] {
  const texts = segment.arrays.texts
  let windowStart = 0
  let window: Buffer = Buffer.alloc(0)
  let lastStart = -1
  return (position, towards) => {
    const start = texts[position] ?? 0
    const end = texts[position + 1] ?? start
    const isInside = start >= windowStart && (end - windowStart) * 2 <= window.length
    if (!isInside) {
      // Where one candidate follows close on another, the next ones are likely to do so too.
      const isNear = towards !== undefined && lastStart >= 0 && Math.abs(start - lastStart) < nearUnits
      const total = texts[segment.head.documents] ?? 0
      const from = isNear && towards < 0 ? Math.max(0, end - windowUnits) : start
      const to = isNear && towards > 0 ? Math.min(total, start + windowUnits) : end
      window = segment.read(Math.min(from, start) * 2, (Math.max(to, end) - Math.min(from, start)) * 2)
      windowStart = Math.min(from, start)
    }
    lastStart = start
    return window.toString('utf16le', (start - windowStart) * 2, (end - windowStart) * 2)
  }
}

/** Long phrases are rare and read little; single characters are common and read much. */
function cheapestFirst(nodes: QueryNode[]): QueryNode[] {
  const cost = (node: QueryNode): number => (node.kind === 'phrase' ? -node.text.length : 0)
  return nodes.toSorted((a, b) => cost(a) - cost(b))
}

/** Opens a segment of the index for searching. Throws `DamagedSegment` and Node's file errors. */
export async function openSegmentSearch(folder: string, entry: SegmentEntry): Promise<SegmentSearch> {
  const segment = openSegment(join(folder, entry.name))
  const { head, arrays } = segment
  const size = head.documents
  const ask = await segmentIndex(segment)
  const removed = removedBits(entry)
  const living = removed
    ? positionsWhere(size, (position) => ((removed[position >>> 3] ?? 0) & (1 << (position & 7))) === 0)
    : documentSet(size, true)
  const text = textReader(segment)

  const facts = (position: number): ArticleFacts => ({
    day: arrays.days[position] ?? 0,
    pages: head.pages[arrays.pages[position] ?? 0] ?? '',
    headlineLines: arrays.headlineLines[position] ?? 0,
    bylineLines: arrays.bylineLines[position] ?? 0,
  })
  const exactly = (set: DocumentSet): Candidates => ({ possible: set, certain: set })
  const between = (from: number, to: number): DocumentSet =>
    positionsWhere(size, (position) => (arrays.days[position] ?? 0) >= from && (arrays.days[position] ?? 0) <= to)

  const askPhrase = async (node: PhraseNode): Promise<Candidates> => {
    const phrase = encoderPhrase(node)
    const possible = setOf(size, await ask(phrase, node.field === 'headline'))
    const isProved =
      node.glyphs === undefined && node.field !== 'byline' && provedByTerms(node.prefix ? phrase : node.text)
    return { possible, certain: isProved ? possible : documentSet(size) }
  }

  const evaluate = async (node: QueryNode): Promise<Candidates> => {
    switch (node.kind) {
      case 'phrase':
        return askPhrase(node)
      case 'page': {
        const matching = head.pages.map((pages) => pages.includes(` ${node.key} `))
        return exactly(positionsWhere(size, (position) => matching[arrays.pages[position] ?? 0] ?? false))
      }
      case 'date':
        return exactly(between(node.from, node.to))
      case 'not': {
        const inner = await evaluate(node.node)
        return { possible: without(living, inner.certain), certain: without(living, inner.possible) }
      }
      default: {
        let result: Candidates | undefined
        const combine = node.kind === 'all' ? both : either
        for (const part of node.kind === 'all' ? cheapestFirst(node.nodes) : node.nodes) {
          if (node.kind === 'all' && result && sizeOf(result.possible) === 0) break
          const found = await evaluate(part)
          result = result
            ? { possible: combine(result.possible, found.possible), certain: combine(result.certain, found.certain) }
            : found
        }
        return result ?? exactly(documentSet(size))
      }
    }
  }

  return {
    entry,
    segment,
    facts,
    text,
    async candidates(query, filter) {
      const found = await evaluate(query)
      const passing = positionsPassing(segment, entry.days, filter)
      const restrictions = [...(removed ? [living] : []), ...(passing ? [passing] : [])]
      return {
        possible: restrictions.reduce(both, found.possible),
        certain: restrictions.reduce(both, found.certain),
      }
    },
    async headlineCandidates(query) {
      let result = documentSet(size)
      for (const node of positivePhrases(query)) {
        if (node.field !== 'byline') result = either(result, setOf(size, await ask(encoderPhrase(node), true)))
      }
      return result
    },
    wordsBeginning(beginning) {
      const words: string[] = []
      const entries = findWords(segment, beginning, (word) => word.startsWith(beginning) && words.push(word) > 0)
      return entries.map(({ count }, place) => [words[place] ?? '', count])
    },
    wordsNear(words) {
      const near = new Map(words.map((word): [string, string[]] => [word, []]))
      eachWord(segment, (found) => {
        for (const [word, list] of near) if (differByOneLetter(word, found)) list.push(found)
      })
      return near
    },
    verify: (query, position, towards) => answers(query, text(position, towards), facts(position)),
  }
}
