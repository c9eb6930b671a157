/** What is known of a voice of this computer, as the Web Speech API names it. */
export type Voice = Pick<SpeechSynthesisVoice, 'name' | 'lang' | 'localService' | 'voiceURI' | 'default'>

const mandarin = ['zh-cn', 'zh-sg', 'zh', 'zh-tw']
/** Which voices read a kind of Chinese, the nearest first. */
const chinese: [RegExp, string[]][] = [
  [/^zh-(hant-)?(hk|mo)/, ['zh-hk', 'zh-tw', 'zh', 'zh-cn']],
  [/^zh-(hant|tw)/, ['zh-tw', 'zh', 'zh-hk', 'zh-cn']],
  [/^zh/, [...mandarin, 'zh-hk']],
]

/** One spelling of a tag, whoever wrote it: `zh_CN` and `cmn` are Mandarin, `yue` is read in Hong Kong. */
function tagOf(language: string): string {
  const tag = language.toLowerCase().replaceAll('_', '-')
  if (/^cmn(-hans)?(-cn)?$/.test(tag)) return 'zh-cn'
  if (/^(yue|zh-yue)(-|$)/.test(tag)) return 'zh-hk'
  if (/^cmn(-hant)?-tw$/.test(tag)) return 'zh-tw'
  return tag
}

/** How well a voice reads a language: 0 best, Infinity not at all. */
function distance({ lang }: Voice, language: string): number {
  const [voice, wanted] = [tagOf(lang), tagOf(language)]
  // Such a voice reads spelt Chinese, not Han characters.
  if (voice.includes('latn') || voice.includes('pinyin')) return Infinity
  const order = chinese.find(([pattern]) => pattern.test(wanted))?.[1]
  if (order) {
    const at = order.findIndex((each) => voice === each || (each !== 'zh' && voice.startsWith(`${each}-`)))
    return at < 0 ? (voice.startsWith('zh-') ? order.length : Infinity) : at
  }
  if (voice === wanted) return 0
  return voice.split('-')[0] === wanted.split('-')[0] ? 1 : Infinity
}

/**
 * The voices that read a language on this computer itself, the nearest first. What would send the text to a server is
 * left out, and so are the disguises (`…+whisper`) in which some engines list each of their voices a hundred times.
 */
export function voicesFor<Each extends Voice>(voices: readonly Each[], language: string): Each[] {
  const known = voices
    .map((voice, order) => ({ voice, order, distance: voice.localService ? distance(voice, language) : Infinity }))
    .filter((each) => each.distance < Infinity && !/\+\S/.test(each.voice.name))
  const standard = (voice: Each) => (voice.default ? 0 : 1)
  return known
    .sort((a, b) => a.distance - b.distance || standard(a.voice) - standard(b.voice) || a.order - b.order)
    .map(({ voice }) => voice)
}

/** Under which name the choice of a voice is kept: by language, Chinese by the characters it is printed in. */
export function voiceLanguage(language: string): string {
  const tag = tagOf(language)
  if (/^zh-(hant|tw|hk|mo)/.test(tag)) return 'zh-Hant'
  if (tag.startsWith('zh')) return 'zh-Hans'
  return tag.split('-')[0] ?? tag
}

/** The voice for a sentence: the chosen one where it is still there, else the nearest; a Chinese one also says Latin. */
export function voiceFor<Each extends Voice>(
  voices: readonly Each[],
  language: string,
  chosen: Readonly<Record<string, string>>,
  surrounding: string,
): Each | undefined {
  for (const wanted of [language, surrounding]) {
    const fitting = voicesFor(voices, wanted)
    const kept = fitting.find(({ voiceURI }) => voiceURI === chosen[voiceLanguage(wanted)])
    if (kept ?? fitting[0]) return kept ?? fitting[0]
    // Only what is not Han may be said by the voice of the text around it.
    if (language.startsWith('zh')) return undefined
  }
  return undefined
}
