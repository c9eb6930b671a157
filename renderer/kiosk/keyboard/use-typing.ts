import { computed, nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { usePinyin } from '../pinyin/use-pinyin.ts'
import { isActionKey, type Layout } from './keyboard-layouts.ts'

const LONGEST = 120

/**
 * Typing into a field, by the keys on the screen or by real ones: letters become words where pinyin is on. Who types on
 * real keys is not shown those on the screen; a touch of the field brings them back.
 */
export function useTyping(
  field: Ref<HTMLInputElement | null>,
  text: Ref<string>,
  { chinese, traditional, search }: { chinese: boolean; traditional: Ref<boolean>; search: () => void },
) {
  const pinyinOn = ref(chinese)
  const signs = ref(false)
  /** The keys on the screen are shown. */
  const shown = ref(true)
  const room = ref(14)
  const layout = computed<Layout>(() => (signs.value ? 'signs' : pinyinOn.value ? 'pinyin' : 'latin'))
  const pinyin = usePinyin(room, traditional, insert)
  if (chinese) void pinyin.load()

  /** Puts text where the caret is, in place of what is selected. */
  function insert(part: string): void {
    const { selectionStart, selectionEnd } = field.value ?? {}
    const from = selectionStart ?? text.value.length
    const to = selectionEnd ?? from
    change(text.value.slice(0, from) + part + text.value.slice(to), from + part.length)
  }

  function change(next: string, caret: number): void {
    text.value = next.slice(0, LONGEST)
    void nextTick(() => field.value?.setSelectionRange(caret, caret))
  }

  function takeBack(): void {
    if (pinyin.takeBack()) return
    const { selectionStart, selectionEnd } = field.value ?? {}
    const to = selectionEnd ?? text.value.length
    const from = selectionStart ?? to
    const before = [...text.value.slice(0, from)]
    if (from === to) before.pop()
    const kept = before.join('')
    change(kept + text.value.slice(to), kept.length)
  }

  function submit(): void {
    pinyin.commitLetters()
    void nextTick(search)
  }

  const actions = {
    '{back}': takeBack,
    '{enter}': () => (pinyin.typed.value && pinyin.choose(0) ? undefined : submit()),
    '{space}': () => (pinyin.typed.value ? void pinyin.choose(0) : insert(' ')),
    '{mode}': () => {
      pinyin.commitLetters()
      signs.value = false
      pinyinOn.value = !pinyinOn.value
      if (pinyinOn.value) void pinyin.load()
    },
    '{signs}': () => (signs.value = true),
    '{letters}': () => (signs.value = false),
    '{hide}': () => (shown.value = false),
  }

  /** A key on the screen. */
  function press(key: string): void {
    if (isActionKey(key)) return void actions[key]()
    if (layout.value === 'pinyin' && /^[a-z']$/.test(key)) pinyin.type(key)
    else {
      pinyin.choose(0)
      insert(key)
    }
  }

  /** What a real key does to pinyin that is being typed; false: nothing. */
  function composeByKey(key: string): boolean {
    if (pinyin.typed.value === '') return false
    if (/^[1-9]$/.test(key)) return pinyin.choose(Number(key) - 1)
    const acts: Record<string, () => unknown> = {
      ' ': () => pinyin.choose(0),
      Enter: () => pinyin.commitLetters(),
      Backspace: () => pinyin.takeBack(),
      Escape: () => pinyin.clear(),
      PageDown: () => pinyin.turn(1),
      PageUp: () => pinyin.turn(-1),
      ArrowDown: () => pinyin.turn(1),
      ArrowUp: () => pinyin.turn(-1),
    }
    if (!acts[key]) return false
    acts[key]()
    return true
  }

  function keyDown(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    const typing = event.target === field.value
    if (event.key.length === 1 || event.key === 'Backspace') {
      if (typing) shown.value = false
    }
    if (!typing) return
    const letter = pinyinOn.value && /^[a-z']$/.test(event.key) && !(event.key === "'" && pinyin.typed.value === '')
    if (letter) pinyin.type(event.key)
    else if (!composeByKey(event.key)) {
      if (event.key.length === 1 && pinyin.typed.value) pinyin.choose(0)
      return
    }
    event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', keyDown, true))
  onBeforeUnmount(() => window.removeEventListener('keydown', keyDown, true))

  return { pinyin, pinyinOn, layout, shown, room, press, submit }
}
