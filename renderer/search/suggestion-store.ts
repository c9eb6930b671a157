import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { KeptSearches } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'
import type { SuggestLine } from '../shared/SuggestField.vue'

const recentShown = 8

/** What may be asked: searches of before while the field is empty, words of the archive while one types. */
export const useSuggestionStore = defineStore('suggestion', () => {
  const kept = shallowRef<KeptSearches>({ recent: [], saved: [] })
  const words = shallowRef<string[]>([])
  const archive = ref('')
  let turn = 0

  /** Reads what may follow the text; an answer to an older text is dropped. */
  async function suggest(wanted: string, text: string): Promise<void> {
    const own = ++turn
    try {
      const found = text.trim() ? await api.search.suggest({ archive: wanted, text }) : []
      if (own === turn) words.value = found
    } catch {
      // Suggestions are a help: the search itself says what is wrong.
      if (own === turn) words.value = []
    }
  }

  /** What stands under a field that holds the text. */
  function linesFor(text: string): SuggestLine[] {
    const lines = (kind: SuggestLine['kind'], texts: string[]) => texts.map((one): SuggestLine => ({ text: one, kind }))
    if (text.trim()) return lines('word', words.value)
    const { recent, saved } = kept.value
    const clear = recent.length > 0 ? lines('clear', ['']) : []
    return [...lines('saved', saved), ...lines('recent', recent.slice(0, recentShown)), ...clear]
  }

  async function read(wanted: string): Promise<void> {
    const found = await api.searches.list({ archive: wanted })
    archive.value = wanted
    kept.value = found
  }

  async function note(wanted: string, text: string): Promise<void> {
    turn += 1
    words.value = []
    await api.searches.note({ archive: wanted, text })
    await read(wanted)
  }

  async function keep(text: string, isKept: boolean): Promise<void> {
    await api.searches.keep({ archive: archive.value, text, kept: isKept })
    await read(archive.value)
  }

  async function clear(): Promise<void> {
    await api.searches.clear({ archive: archive.value })
    await read(archive.value)
  }

  return { kept, linesFor, suggest, read, note, keep, clear }
})
