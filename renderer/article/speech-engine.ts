/** The voices of this computer, by the Web Speech API. Nothing here is asked for before somebody wants to listen. */

/** Engines are slow to begin, those with thousands of voices above all. */
const voicesWithin = 6000
const answerWithin = 12_000

/** The voices, as soon as the engine names any; none when it names none in time. `later` is told when it does then. */
export async function loadVoices(later: (voices: SpeechSynthesisVoice[]) => void): Promise<SpeechSynthesisVoice[]> {
  if (!('speechSynthesis' in window)) return []
  const now = speechSynthesis.getVoices()
  if (now.length > 0) return now
  return new Promise((resolve) => {
    let give: (voices: SpeechSynthesisVoice[]) => void = resolve
    const waiting = setTimeout(() => {
      give([])
      give = later
    }, voicesWithin)
    const look = (): void => {
      const found = speechSynthesis.getVoices()
      if (found.length === 0) return
      clearTimeout(waiting)
      speechSynthesis.removeEventListener('voiceschanged', look)
      give(found)
    }
    speechSynthesis.addEventListener('voiceschanged', look)
  })
}

/** What is being said; held here, because Chromium forgets the events of one that nobody holds. */
let saying: { utterance: SpeechSynthesisUtterance; stop: () => void } | undefined

/** Ends what is being said; its `say` answers `stopped`. */
export function hush(): void {
  if (!saying) return
  saying.stop()
  saying = undefined
  speechSynthesis.cancel()
}

/**
 * Says a text. `rate`: 1 is usual. Answers how it ended: said to the end, stopped by `hush` or by the next text, or not
 * said because the engine failed or never answered.
 */
export function say(text: string, voice: SpeechSynthesisVoice, rate: number): Promise<'said' | 'stopped' | 'failed'> {
  hush()
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.voice = voice
  utterance.lang = voice.lang
  utterance.rate = rate
  return new Promise((resolve) => {
    const end = (how: 'said' | 'stopped' | 'failed'): void => {
      clearTimeout(waiting)
      if (saying?.utterance === utterance) saying = undefined
      resolve(how)
    }
    const waiting = setTimeout(() => end('failed'), answerWithin)
    saying = { utterance, stop: () => end('stopped') }
    utterance.onstart = () => clearTimeout(waiting)
    utterance.onend = () => end('said')
    utterance.onerror = () => end('failed')
    speechSynthesis.speak(utterance)
  })
}
