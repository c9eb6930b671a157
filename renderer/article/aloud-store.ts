import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { AloudChoice } from '../../electron/bridge/views.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { useArticleStore } from './article-store.ts'
import { hush, loadVoices, say } from './speech-engine.ts'
import { spokenSentences } from './spoken-sentences.ts'
import { voiceFor, voiceLanguage, voicesFor } from './voices.ts'

/** `looking`: for voices. A pause begins its sentence again: engines lose their place, a sentence is short. */
type AloudState = 'silent' | 'looking' | 'speaking' | 'paused'

/** The open article read aloud, by voices of this computer only: nothing that is read leaves it. */
export const useAloudStore = defineStore('aloud', () => {
  const articles = useArticleStore()
  const preferences = useSettingsStore()
  const state = ref<AloudState>('silent')
  const at = ref(0)
  const voices = shallowRef<SpeechSynthesisVoice[]>([])
  /** `noVoice`: none reads this language; `noAnswer`: there is one, and it does not speak. */
  const problem = ref<'noVoice' | 'noAnswer'>()
  /** What is read was asked for anew, or has ended: a newer turn ends an older one. */
  let turn = 0
  /** Articles that were read since one began, so that reading on comes to an end. */
  const heard = new Set<string>()

  const choice = computed(() => preferences.settings.aloud)
  const sentences = computed(() => (state.value === 'silent' ? [] : spokenSentences(articles.parts)))
  /** The sentence that is said, or would be next. */
  const sentence = computed(() => sentences.value[at.value])
  const language = computed(() => articles.parts[0]?.language ?? '')
  /** The voices to choose from for this article, the nearest first. */
  const fitting = computed(() => voicesFor(voices.value, language.value))
  const voice = computed(() => voiceFor(voices.value, language.value, choice.value.voices, language.value))

  /** Begins at a sentence, the first without one. */
  async function begin(from = 0): Promise<void> {
    const mine = ++turn
    hush()
    problem.value = undefined
    wished.value = undefined
    state.value = 'looking'
    at.value = from
    voices.value = await loadVoices(comeLate)
    if (mine !== turn) return
    if (fitting.value.length === 0) {
      problem.value = 'noVoice'
      state.value = 'paused'
    } else await speak()
  }

  /** Voices that came when one no longer waited: it can be read now, on a word of the reader. */
  function comeLate(found: SpeechSynthesisVoice[]): void {
    voices.value = found
    if (problem.value === 'noVoice' && fitting.value.length > 0) problem.value = undefined
  }

  /** Says one sentence after the other until the last, or until something else is asked for. */
  async function speak(): Promise<void> {
    const mine = ++turn
    problem.value = undefined
    state.value = 'speaking'
    for (let next = sentence.value; next; next = sentence.value) {
      const of = voiceFor(voices.value, next.language, choice.value.voices, language.value)
      // A line in a language that nobody here reads is passed over.
      const ended = of ? await say(next.text, of, choice.value.rate / 100) : 'said'
      if (mine !== turn || ended === 'stopped') return
      if (ended === 'failed') {
        problem.value = 'noAnswer'
        state.value = 'paused'
        return
      }
      at.value++
    }
    await finish(mine)
  }

  async function finish(mine: number): Promise<void> {
    for (const { id } of articles.parts) heard.add(id)
    const next = choice.value.onwards ? await unheard() : undefined
    if (mine !== turn) return
    if (next === undefined) stop()
    else wished.value = next
  }

  /** The article to go on with; whoever shows articles opens it, and calls `begin` when it is there. */
  const wished = ref<string>()

  /** The next article in reading order that was not read yet, as a part of another one either. */
  async function unheard(): Promise<string | undefined> {
    let next = articles.parts[0]?.next
    while (next !== undefined && heard.has(next)) next = await articles.following(next)
    return next
  }

  function pause(): void {
    turn++
    hush()
    state.value = 'paused'
  }

  function stop(): void {
    turn++
    hush()
    state.value = 'silent'
    at.value = 0
    problem.value = undefined
    wished.value = undefined
    heard.clear()
  }

  /** Reads from where `from` says, pauses, or goes on. */
  function toggle(from?: number): void {
    if (state.value === 'speaking' || state.value === 'looking') pause()
    else if (state.value === 'paused' && !problem.value) void speak()
    else void begin(from ?? at.value)
  }

  /** To the next (1) or the last (-1) sentence, or to any. */
  function step(by: 1 | -1): void {
    goTo(at.value + by)
  }

  function goTo(index: number): void {
    if (!sentences.value[index]) return
    at.value = index
    if (state.value === 'speaking') void speak()
  }

  function change(part: Partial<AloudChoice>): void {
    void preferences.change({ aloud: { ...choice.value, ...part } })
    // A voice is heard at once, not in the next sentence.
    if (state.value === 'speaking' && !('onwards' in part)) void speak()
  }

  const chooseVoice = (uri: string) =>
    change({ voices: { ...choice.value.voices, [voiceLanguage(language.value)]: uri } })

  return {
    state,
    at,
    sentence,
    sentences,
    problem,
    choice,
    voice,
    fitting,
    wished,
    begin,
    pause,
    stop,
    toggle,
    step,
    goTo,
    change,
    chooseVoice,
  }
})
