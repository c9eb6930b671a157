import type { SearchQuery } from '../../archive/model.ts'
import type { Bridge, BridgeEvents } from '../../electron/bridge/contract.ts'
import { fromReply, type Reply } from '../../electron/bridge/reply.ts'
import type { SearchScope, SearchView } from '../../electron/bridge/views.ts'

/** An answer in its two parts. */
export interface CountedAnswer {
  /** The first hits, with an upper bound of the total while it is `counting`. */
  first: Promise<SearchView>
  /** The same with everything counted. Never settles once a newer search has begun. */
  whole: Promise<SearchView>
}

/**
 * Asks for a part of the window, and joins what main tells later with its question. Only the newest search of that part
 * is waited for: what is told of older ones is dropped.
 */
export function countedSearch(
  find: Bridge['search']['find'],
  listen: (event: 'search.counted', listener: (payload: BridgeEvents['search.counted']) => void) => unknown,
  scope: SearchScope,
) {
  let turn = 0
  let settle: ((outcome: Reply<SearchView>) => void) | undefined
  listen('search.counted', (counted) => {
    if (counted.scope === scope && counted.turn === turn) settle?.(counted.outcome)
  })
  return (archive: string, query: SearchQuery): CountedAnswer => {
    turn += 1
    // Listening begins before asking: the counts may overtake the first hits on their way.
    const counted = new Promise<Reply<SearchView>>((resolve) => (settle = resolve))
    const first = find({ archive, query, turn, scope })
    const whole = first.then(async (view) => (view.counting ? fromReply(await counted) : view))
    // Whoever waits for `first` hears of its failure there.
    whole.catch(() => undefined)
    return { first, whole }
  }
}
