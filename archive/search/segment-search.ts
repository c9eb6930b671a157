import { join } from 'node:path'
import { both, documentSet, either, sizeOf, without, type DocumentSet } from './document-set.ts'
import { removedBits, type SegmentEntry } from './manifest.ts'
import { answers, type ArticleFacts } from './occurrences.ts'
import { encoderPhrase, type PhraseNode, positivePhrases, type QueryNode } from './query-language.ts'
import { positionsPassing, positionsWhere, type SearchFilter } from './search-filter.ts'
import { openSegment, type Segment } from './segment-reader.ts'
import { costOf, shareOf } from './query-cost.ts'
import type { TermRarity } from './term-rarity.ts'
import { segmentIndex } from './segment-store.ts'
import { eachWord, findWords } from './segment-terms.ts'
import { textReader } from './segment-texts.ts'
import { provedByTerms } from './terms.ts'
import { differByOneLetter } from './tolerance.ts'

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
  /** Words that begin so, with the number of their articles; those read before `performance.now()` is at `deadline`. */
  wordsBeginning(beginning: string, deadline: number): [word: string, count: number][]
  /** Of words, those of the segment that are one letter away. */
  wordsNear(words: string[]): Map<string, string[]>
  /** Whether an article answers the query, by its text. */
  verify(query: QueryNode, position: number, towards?: -1 | 1): boolean
}

/** Looking through the text of one article takes as long as unpacking so many places of a list. */
const placesPerText = 1_000

/**
 * Opens a segment of the index for searching; `rarity` is shared by all of them. Throws `DamagedSegment` and Node's file
 * errors.
 */
export async function openSegmentSearch(
  folder: string,
  entry: SegmentEntry,
  rarity: TermRarity,
): Promise<SegmentSearch> {
  const segment = openSegment(join(folder, entry.name))
  const { head, arrays } = segment
  const size = head.documents
  const ask = await segmentIndex(segment, rarity)
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
  /** Never changed, as sets of candidates are not. */
  const nothing = documentSet(size)
  const exactly = (set: DocumentSet): Candidates => ({ possible: set, certain: set })
  const between = (from: number, to: number): DocumentSet =>
    positionsWhere(size, (position) => (arrays.days[position] ?? 0) >= from && (arrays.days[position] ?? 0) <= to)

  const askPhrase = async (node: PhraseNode): Promise<Candidates> => {
    const phrase = encoderPhrase(node)
    const possible = await ask(phrase, node.field === 'headline')
    const isProved =
      node.glyphs === undefined && node.field !== 'byline' && provedByTerms(node.prefix ? phrase : node.text)
    return { possible, certain: isProved ? possible : nothing }
  }

  /** The rarest part first: often nothing is left to look up, or so little that reading the texts is less work. */
  const askAll = async (nodes: QueryNode[]): Promise<Candidates> => {
    const parts = nodes.map((node) => ({ node, share: shareOf(node, rarity) })).sort((a, b) => a.share - b.share)
    let result: Candidates | undefined
    for (const { node } of parts) {
      const left = result ? sizeOf(result.possible) : size
      if (result && left === 0) break
      if (result && costOf(node, rarity) * size > left * placesPerText) {
        result = { possible: result.possible, certain: nothing }
        continue
      }
      const found = await evaluate(node)
      result = result
        ? { possible: both(result.possible, found.possible), certain: both(result.certain, found.certain) }
        : found
    }
    return result ?? exactly(nothing)
  }

  /** The most common part first: when hardly any article is left without one, the texts of those are read instead. */
  const askAny = async (nodes: QueryNode[]): Promise<Candidates> => {
    const parts = nodes.map((node) => ({ node, share: shareOf(node, rarity) })).sort((a, b) => b.share - a.share)
    const result = { possible: documentSet(size), certain: documentSet(size) }
    for (const { node } of parts) {
      const open = size - sizeOf(result.certain)
      if (open === 0) break
      if (costOf(node, rarity) * size > open * placesPerText) {
        result.possible = living
        continue
      }
      const found = await evaluate(node)
      result.possible = either(result.possible, found.possible)
      result.certain = either(result.certain, found.certain)
    }
    return result
  }

  const evaluate = async (node: QueryNode): Promise<Candidates> => {
    switch (node.kind) {
      case 'phrase':
        return askPhrase(node)
      case 'all':
        return askAll(node.nodes)
      case 'any':
        return askAny(node.nodes)
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
        if (node.field !== 'byline') result = either(result, await ask(encoderPhrase(node), true))
      }
      return result
    },
    wordsBeginning(beginning, deadline) {
      const words: string[] = []
      const entries = findWords(segment, beginning, (word) => {
        return word.startsWith(beginning) && performance.now() < deadline && words.push(word) > 0
      })
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
