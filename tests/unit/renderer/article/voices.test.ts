import { expect, it } from 'vitest'
import { voiceFor, voiceLanguage, voicesFor, type Voice } from '../../../../renderer/article/voices.ts'

const voice = (name: string, lang: string, part: Partial<Voice> = {}): Voice => ({
  name,
  lang,
  voiceURI: name,
  localService: true,
  default: false,
  ...part,
})
/** What Windows, macOS and espeak-ng name. */
const all = [
  voice('Zira', 'en-US', { default: true }),
  voice('Hazel', 'en-GB'),
  voice('Yaoyao', 'zh-CN'),
  voice('Tracy', 'zh-HK'),
  voice('Hanhan', 'zh_TW'),
  voice('Mandarin', 'cmn'),
  voice('Mandarin+whisper', 'cmn'),
  voice('Pinyin', 'cmn-latn-pinyin'),
  voice('Cantonese', 'yue'),
  voice('Online', 'zh-CN', { localService: false, default: true }),
  voice('Hedda', 'de-DE'),
]
const names = (language: string) => voicesFor(all, language).map(({ name }) => name)

it('reads each Chinese with the nearest voice of this computer, and never with one of a server', () => {
  expect(names('zh-Hans')).toEqual(['Yaoyao', 'Mandarin', 'Hanhan', 'Tracy', 'Cantonese'])
  expect(names('zh-CN')[0]).toBe('Yaoyao')
  expect(names('zh-Hant')[0]).toBe('Hanhan')
  expect(names('zh-HK').slice(0, 2)).toEqual(['Tracy', 'Cantonese'])
  expect(names('zh-Hant-HK')[0]).toBe('Tracy')
  expect(voicesFor([voice('Online', 'zh-CN', { localService: false })], 'zh-Hans')).toEqual([])
})

it('reads other languages with their own voices only', () => {
  expect(names('en')).toEqual(['Zira', 'Hazel'])
  expect(names('en-GB')).toEqual(['Hazel', 'Zira'])
  expect(names('de')).toEqual(['Hedda'])
  expect(names('fr')).toEqual([])
})

it('takes the voice that was chosen while it is there', () => {
  expect(voiceFor(all, 'zh-Hans', { 'zh-Hans': 'Tracy' }, 'zh-Hans')?.name).toBe('Tracy')
  expect(voiceFor(all, 'zh-CN', { 'zh-Hans': 'Tracy' }, 'zh-CN')?.name).toBe('Tracy')
  expect(voiceFor(all, 'zh-Hans', { 'zh-Hans': 'gone' }, 'zh-Hans')?.name).toBe('Yaoyao')
  expect(voiceLanguage('zh_TW')).toBe('zh-Hant')
  expect(voiceLanguage('en-GB')).toBe('en')
})

it('lets the voice of the text around it say a Latin line, and no other voice a Han one', () => {
  const chinese = all.filter(({ lang }) => !lang.startsWith('en'))
  expect(voiceFor(chinese, 'en', {}, 'zh-Hans')?.name).toBe('Yaoyao')
  expect(voiceFor([voice('Zira', 'en-US')], 'zh-Hans', {}, 'en')).toBeUndefined()
})
