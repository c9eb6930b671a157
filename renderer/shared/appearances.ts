import type { InterfaceLanguage, ThemeName } from '../../electron/bridge/views.ts'

export const themes: ThemeName[] = ['system', 'light', 'sepia', 'dark', 'contrast']

/** Each in its own words: who cannot read the interface must still find theirs. */
export const languages: [InterfaceLanguage, string][] = [
  ['zh-Hans', '简体中文'],
  ['zh-Hant', '繁體中文'],
  ['en', 'English'],
]

/** The same for a button that has little room. */
export const shortLanguageNames: Record<InterfaceLanguage, string> = {
  'zh-Hans': '简体',
  'zh-Hant': '繁體',
  en: 'English',
}
