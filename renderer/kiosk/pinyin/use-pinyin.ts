import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { candidatesOf, type Candidate } from './pinyin-candidates.ts'
import { readDictionary, type PinyinDictionary } from './pinyin-dictionary.ts'

const LONGEST = 40
/** Room a candidate takes beside its characters, in characters. */
const PADDING = 1.9

/** Pages of candidates that fit side by side in so many characters; each holds at least one and at most nine. */
function candidatePages(all: readonly Candidate[], room: number): Candidate[][] {
  const pages: Candidate[][] = []
  let filled = Infinity
  for (const candidate of all) {
    const width = [...candidate.word].length + PADDING
    const page = pages.at(-1)
    if (page && page.length < 9 && filled + width <= room) {
      page.push(candidate)
      filled += width
    } else {
      pages.push([candidate])
      filled = width
    }
  }
  return pages
}

/**
 * Pinyin that is being typed, and the words it may mean. `traditional`: words are offered in traditional characters.
 * `commit` is given each word that is chosen. Dictionaries are loaded when they are first wanted.
 */
export function usePinyin(room: Ref<number>, traditional: Ref<boolean>, commit: (text: string) => void) {
  const typed = ref('')
  const dictionary = shallowRef<PinyinDictionary>()
  const convert = shallowRef((text: string) => text)
  const page = ref(0)

  const all = computed(() => (dictionary.value ? candidatesOf(dictionary.value, typed.value) : []))
  const pages = computed(() => candidatePages(all.value, room.value))
  const shown = computed(() =>
    (pages.value[page.value] ?? []).map(({ word, used }) => ({ word: convert.value(word), used })),
  )
  watch([typed, room], () => (page.value = 0))

  async function load(): Promise<void> {
    if (dictionary.value) return
    const { default: lines } = await import('virtual:pinyin-dictionary')
    dictionary.value = readDictionary(lines)
  }

  watch(
    traditional,
    async (now) => {
      const { Converter } = now ? await import('opencc-js/cn2t') : { Converter: undefined }
      if (now === traditional.value) convert.value = Converter?.({ from: 'cn', to: 'tw' }) ?? ((text) => text)
    },
    { immediate: true },
  )

  function type(letter: string): void {
    if (typed.value.length < LONGEST && (letter !== "'" || typed.value !== '')) typed.value += letter
  }

  /** Takes back the last letter; false when there is none. */
  function takeBack(): boolean {
    if (typed.value === '') return false
    typed.value = typed.value.slice(0, -1)
    return true
  }

  /** Chooses a word of the page that is shown; what it does not stand for goes on being typed. */
  function choose(index: number): boolean {
    const candidate = shown.value[index]
    if (!candidate) return false
    commit(candidate.word)
    typed.value = typed.value.slice(candidate.used)
    return true
  }

  /** Takes the letters as they are. */
  function commitLetters(): boolean {
    if (typed.value === '') return false
    commit(typed.value.replaceAll("'", ''))
    typed.value = ''
    return true
  }

  function turn(step: 1 | -1): void {
    page.value = Math.min(Math.max(page.value + step, 0), Math.max(pages.value.length - 1, 0))
  }

  const hasBefore = computed(() => page.value > 0)
  const hasAfter = computed(() => page.value < pages.value.length - 1)
  const clear = () => (typed.value = '')

  return { typed, shown, load, type, takeBack, choose, commitLetters, turn, hasBefore, hasAfter, clear }
}
