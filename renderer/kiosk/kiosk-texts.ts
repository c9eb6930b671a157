import { keyboardTexts } from './keyboard/keyboard-texts.ts'
import { staffTexts } from './staff/staff-texts.ts'
import { takeTexts } from './take/take-texts.ts'
import { visitTexts } from './visit/visit-texts.ts'

const parts = [visitTexts, keyboardTexts, takeTexts, staffTexts]

function inLanguage(language: 'zh-Hans' | 'zh-Hant' | 'en') {
  return { kiosk: Object.assign({}, ...parts.map((texts) => texts[language])) as Record<string, string> }
}

/** Texts of the reading-room screen; only it loads them. */
export const kioskTexts = { 'zh-Hans': inLanguage('zh-Hans'), 'zh-Hant': inLanguage('zh-Hant'), en: inLanguage('en') }
