import { readFileSync } from 'node:fs'
import { writeAtomic } from '../archive/files.ts'
import type { Settings } from './bridge/views.ts'

export interface SettingsStore {
  read: () => Settings
  change: (part: Partial<Settings>) => Promise<Settings>
}

/** The user's settings in a JSON file; what is damaged or unknown in it falls back to the defaults. */
export function openSettings(file: string, systemLanguage: string): SettingsStore {
  const settings: Settings = { ...defaultSettings(systemLanguage), ...readFile(file) }
  return {
    read: () => ({ ...settings }),
    change: async (part) => {
      for (const [name, value] of Object.entries(part)) {
        if (value !== undefined) Object.assign(settings, { [name]: value })
      }
      await writeAtomic(file, `${JSON.stringify(settings, null, 2)}\n`)
      return { ...settings }
    },
  }
}

/** What nobody has changed yet; the language as near to the system’s as there is one. */
export function defaultSettings(systemLanguage: string): Settings {
  const language = /^zh-(hant|tw|hk|mo)/i.test(systemLanguage)
    ? 'zh-Hant'
    : /^en/i.test(systemLanguage)
      ? 'en'
      : 'zh-Hans'
  return {
    language,
    theme: 'system',
    articleScale: 100,
    articleWidth: 420,
    articleOpen: true,
    railOpen: true,
    fit: 'page',
    pageFilters: {},
    pageOrders: {},
    articleLook: { face: 'serif', lines: 'usual', measure: 'usual', script: 'printed', ruler: false, flow: 'across' },
    citationForm: language === 'en' ? 'chicago' : 'gbt7714',
  }
}

function readFile(file: string): Partial<Settings> {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as unknown
    const known = Object.keys(defaultSettings('en'))
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
    const kept = Object.fromEntries(entries.filter(([name]) => known.includes(name))) as Partial<Settings>
    // A look that an older version kept lacks what came later.
    if (kept.articleLook) kept.articleLook = { ...defaultSettings('en').articleLook, ...kept.articleLook }
    return kept
  } catch {
    return {}
  }
}
