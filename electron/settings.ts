import { readFileSync } from 'node:fs'
import { writeAtomic } from '../archive/files.ts'
import type { Settings } from './bridge/views.ts'
import { validSettings } from './settings-file.ts'

export interface SettingsStore {
  read: () => Settings
  change: (part: Partial<Settings>) => Promise<Settings>
  /** Everything as on the first day, but the language one reads. */
  restore: () => Promise<Settings>
}

/** The user's settings in a JSON file; what is damaged or unknown in it falls back to the defaults. */
export function openSettings(file: string, systemLanguage: string): SettingsStore {
  const settings: Settings = { ...defaultSettings(systemLanguage), ...readFile(file) }
  const change = async (part: Partial<Settings>): Promise<Settings> => {
    for (const [name, value] of Object.entries(part)) {
      if (value !== undefined) Object.assign(settings, { [name]: value })
    }
    await writeAtomic(file, `${JSON.stringify(settings, null, 2)}\n`)
    return { ...settings }
  }
  return {
    read: () => ({ ...settings }),
    change,
    restore: () => change({ ...defaultSettings(systemLanguage), language: settings.language }),
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
    const whole = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
    const kept = validSettings(withWholeLook(whole))
    return kept
  } catch {
    return {}
  }
}

/** A look that an older version kept lacks what came later. */
function withWholeLook(record: Record<string, unknown>): Record<string, unknown> {
  const { articleLook } = record
  if (typeof articleLook !== 'object' || articleLook === null) return record
  return { ...record, articleLook: { ...defaultSettings('en').articleLook, ...articleLook } }
}
