import { Index, type StorageInterface } from 'flexsearch'
import { characterClass, dense } from './character-class.ts'
import { endOfLines, type FoldedDocument } from './search-document.ts'
import { pairKey, type TermSource } from './segment-format.ts'
import { indexTerms } from './terms.ts'

/** What FlexSearch holds between `add` and `commit`: term → slot → ids. */
type PendingTerms = Map<string, (number[] | undefined)[]>

/** The part of a FlexSearch index that its storage reads and clears on a commit (flexsearch/src/db). */
interface CommittingIndex {
  db: unknown
  map: PendingTerms
  ctx: Map<string, unknown>
  reg: Set<number>
  commit_task: unknown[]
}

/** Storage for a FlexSearch index that only writes: each commit hands the pending terms over. */
function commitStore(take: (terms: PendingTerms) => void) {
  return {
    mount(index: CommittingIndex): Promise<void> {
      index.db = this
      return this.open()
    },
    open: () => Promise.resolve(),
    close: () => undefined,
    destroy: () => Promise.resolve(),
    clear: () => Promise.resolve(),
    commit(index: CommittingIndex): Promise<void> {
      take(index.map)
      index.map = new Map()
      index.ctx.clear()
      index.reg.clear()
      index.commit_task = []
      return Promise.resolve()
    },
  }
}

/** The key of a term that is a pair of BMP characters. */
function asPairKey(term: string): number | undefined {
  const [first, second] = [term.charCodeAt(0), term.charCodeAt(1)]
  const isPair = term.length === 2 && characterClass(first) === dense
  return isPair ? pairKey(first, second) : undefined
}

/**
 * The terms of a few articles through FlexSearch's own `add` and `commit`, as they come with the daily import. Slot 0
 * holds the articles that have the term in kicker, headline or subtitle; slot 1 the others.
 */
export async function flexSearchTerms(documents: FoldedDocument[]): Promise<TermSource> {
  let pending: PendingTerms = new Map()
  let headlineTerms = 0
  const index = new Index({
    tokenize: 'strict',
    resolution: 2,
    commit: false,
    encode: indexTerms,
    score: (_content, _term, place) => (place < headlineTerms ? 0 : 1),
  })
  const store = commitStore((terms) => {
    pending = terms
  })
  // The declared StorageInterface is a class with a constructor; at run time FlexSearch asks for these methods only.
  await index.mount(store as unknown as StorageInterface)
  documents.forEach((document, position) => {
    const headline = document.text.slice(0, endOfLines(document.text, document.headlineLines))
    headlineTerms = document.headlineLines > 0 ? indexTerms(headline).length : 0
    index.add(position, document.text)
  })
  await index.commit()

  const pairs: [number, (number[] | undefined)[]][] = []
  const words: [string, (number[] | undefined)[]][] = []
  for (const [term, slots] of pending) {
    const key = asPairKey(term)
    if (key === undefined) words.push([term, slots])
    else pairs.push([key, slots])
  }
  pairs.sort(([a], [b]) => a - b)
  words.sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    pairs: (take) => pairs.forEach(([key, slots]) => take(key, slots[0] ?? [], slots[1] ?? [])),
    words: (take) => words.forEach(([word, slots]) => take(word, slots[0] ?? [], slots[1] ?? [])),
  }
}
