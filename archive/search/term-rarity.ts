/** What the segments asked so far have told of how rare a term is: it decides which terms of a phrase are looked up. */
export interface TermRarity {
  /** Share of a segment's articles that hold the term; undefined when no segment has been asked. */
  of(term: string): number | undefined
  note(term: string, share: number): void
}

/** Terms kept in mind: those of many queries. */
const mostTerms = 4_096

/** Rarity of which nothing is known yet. */
export function termRarity(): TermRarity {
  const shares = new Map<string, number>()
  return {
    of: (term) => shares.get(term),
    note(term, share) {
      if (shares.size >= mostTerms) shares.clear()
      shares.set(term, share)
    },
  }
}
