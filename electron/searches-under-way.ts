import { ArchiveError } from '../archive/errors.ts'
import { toReply } from './bridge/reply.ts'
import type { CountedSearch, SearchScope, SearchView } from './bridge/views.ts'
import type { SearchInput } from './services.ts'

interface SearchParts {
  /** Searches; `onPage` is told the first hits before the counting ends, if that takes longer. */
  ask: (input: SearchInput, control: { signal: AbortSignal; onPage: (view: SearchView) => void }) => Promise<SearchView>
  /** Tells a window the whole answer after its first hits. */
  tell: (client: number, counted: CountedSearch) => void
}

/**
 * The searches of all windows, one for each part of a window that asks (`scope`): a newer one of the same part ends the
 * older, which then fails with `cancelled`; those of other parts go on. A search answers as soon as its first hits are known; what is counted later is told, unless nobody waits for it any more.
 */
export function searchesUnderWay({ ask, tell }: SearchParts) {
  const running = new Map<string, AbortController>()
  /** Ends what this part of the window asked before; the answer belongs to the newer question. */
  const begin = (asker: string): AbortController => {
    const controller = new AbortController()
    running.get(asker)?.abort()
    running.set(asker, controller)
    return controller
  }
  const end = (asker: string, controller: AbortController): void => {
    if (running.get(asker) === controller) running.delete(asker)
  }
  return {
    /** Answers in one piece, as the only one of its part of a window. */
    only: async <Answer>(
      { client, scope }: Pick<SearchInput, 'client' | 'scope'>,
      work: (signal: AbortSignal) => Promise<Answer>,
    ): Promise<Answer> => {
      const asker = askerOf(client, scope)
      const controller = begin(asker)
      try {
        const answer = await work(controller.signal)
        if (controller.signal.aborted) throw new ArchiveError('cancelled')
        return answer
      } finally {
        end(asker, controller)
      }
    },
    find: (input: SearchInput): Promise<SearchView> =>
      new Promise((resolve, reject) => {
        const { client, turn, scope } = input
        const asker = askerOf(client, scope)
        const controller = begin(asker)
        const { signal } = controller
        let isAnswered = false
        const onPage = (view: SearchView): void => {
          if (signal.aborted || turn === undefined) return
          isAnswered = true
          resolve({ ...view, counting: true })
        }
        const settle = (outcome: CountedSearch['outcome'], otherwise: () => void): void => {
          end(asker, controller)
          if (!isAnswered) otherwise()
          else if (!signal.aborted && turn !== undefined) tell(client, { scope, turn, outcome })
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
    cancel: (client: number, scope?: SearchScope): void => running.get(askerOf(client, scope))?.abort(),
  }
}

const askerOf = (client: number, scope: SearchScope = 'results'): string => `${client}/${scope}`
