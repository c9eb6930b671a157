import { onScopeDispose, ref, watch, type Ref } from 'vue'

interface TypedQuery {
  /** What stands in the field. */
  typed: Ref<string>
  /** Asks what is written so far. */
  follow: (written: string) => void
  /** Another visit to the field: what is typed next is a step one can go back from. */
  begin: () => void
}

/**
 * A field that asks with every letter. `asked`: the query of the address; `ask` changes it, the first time as a new step
 * in history, then in its place. While an answer is on its way the field keeps what is being typed.
 */
export function useTypedQuery(
  asked: Readonly<Ref<string>>,
  ask: (query: string, isNewStep: boolean) => Promise<unknown>,
): TypedQuery {
  const typed = ref(asked.value)
  let wanted: string | undefined
  let isNewStep = true
  let isGoing = false

  /** One after the other: a step that a later one overtakes would be missing in the history. */
  async function go(): Promise<void> {
    if (isGoing) return
    isGoing = true
    while (wanted !== undefined && wanted !== asked.value) {
      const query = wanted
      const first = isNewStep
      isNewStep = false
      await ask(query, first)
      if (asked.value !== query) break
    }
    wanted = undefined
    isGoing = false
  }

  watch(asked, (query) => {
    // What comes from typing is older than what stands in the field, or the same.
    if (!isGoing) typed.value = query
  })
  onScopeDispose(() => (wanted = undefined))

  return {
    typed,
    follow: (written) => {
      wanted = written.trim()
      void go()
    },
    begin: () => {
      isNewStep = asked.value !== ''
    },
  }
}
