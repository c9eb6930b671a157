import type { Page } from 'playwright/test'

/** A voice of the test's own: what is heard depends on the machine. */

export interface Heard {
  text: string
  voice: string
  rate: number
}

/** Gives the window a voice. `voices`: what the engine names. Without `takes` a sentence lasts until it is released. */
export async function giveVoice(
  window: Page,
  voices: { name: string; lang: string; localService: boolean }[],
  takes?: number,
) {
  await window.evaluate(
    ([named, ms]) => {
      class Utterance {
        constructor(readonly text: string) {}
        voice = { name: '' }
        lang = ''
        rate = 1
        onstart?: () => void
        onend?: () => void
        onerror?: () => void
      }
      const heard: Heard[] = []
      let saying: Utterance | undefined
      const end = (): void => {
        const ended = saying
        saying = undefined
        ended?.onend?.()
      }
      const engine = Object.assign(new EventTarget(), {
        getVoices: () => named.map((each) => ({ ...each, voiceURI: each.name, default: false })),
        cancel: () => {
          saying?.onerror?.()
          saying = undefined
        },
        speak: (utterance: Utterance) => {
          saying = utterance
          heard.push({ text: utterance.text, voice: utterance.voice.name, rate: utterance.rate })
          utterance.onstart?.()
          if (ms !== undefined) setTimeout(() => saying === utterance && end(), ms)
        },
      })
      Object.defineProperty(globalThis, 'speechSynthesis', { value: engine, configurable: true })
      Object.assign(globalThis, { SpeechSynthesisUtterance: Utterance, heard, endSentence: end })
    },
    [voices, takes] as const,
  )
}

/** What was said so far. */
export const heardIn = (window: Page) => window.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard)
export const endSentence = (window: Page) =>
  window.evaluate(() => (globalThis as unknown as { endSentence: () => void }).endSentence())
