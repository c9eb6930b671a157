import { ArchiveError } from '../archive/errors.ts'
import { toReply } from './bridge/reply.ts'
import type { CountedSearch, SearchView } from './bridge/views.ts'
import type { SearchInput } from './services.ts'

interface SearchParts {
  /** Searches; `onPage` is told the first hits before the counting ends, if that takes longer. */
  ask: (input: SearchInput, control: { signal: AbortSignal; onPage: (view: SearchView) => void }) => Promise<SearchView>
  /** Tells a window the whole answer after its first hits. */
  tell: (client: number, counted: CountedSearch) => void
}

/**
 * The searches of all windows, one for each: a newer one ends the older, which then fails with `cancelled`. A search
 * answers as soon as its first hits are known; what is counted later is told, unless nobody waits for it any more.
 */
export function searchesUnderWay({ ask, tell }: SearchParts) {
  const running = new Map<number, AbortController>()
  return {
    find: (input: SearchInput): Promise<SearchView> =>
      new Promise((resolve, reject) => {
        const { client, turn } = input
        const controller = new AbortController()
        const { signal } = controller
        running.get(client)?.abort()
        running.set(client, controller)
        let isAnswered = false
        const onPage = (view: SearchView): void => {
          if (signal.aborted || turn === undefined) return
          isAnswered = true
          resolve({ ...view, counting: true })
        }
        const settle = (outcome: CountedSearch['outcome'], otherwise: () => void): void => {
          if (running.get(client) === controller) running.delete(client)
          if (!isAnswered) otherwise()
          else if (!signal.aborted && turn !== undefined) tell(client, { turn, outcome })
        }
        ask(input, { signal, onPage }).then(
          (view) => {
            if (signal.aborted) settle(toReply(undefined), () => reject(new ArchiveError('cancelled')))
            else settle({ ok: true, value: view }, () => resolve(view))
          },
          (error: unknown) =>
            settle(toReply(error), () => reject(signal.aborted ? new ArchiveError('cancelled') : error)),
        )
      }),
    cancel: (client: number): void => running.get(client)?.abort(),
  }
}
