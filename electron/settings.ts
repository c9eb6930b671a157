import { readFileSync } from 'node:fs'
import { writeAtomic } from '../archive/files.ts'
import type { Settings } from './bridge/views.ts'
import { validSettings } from './settings-file.ts'
import type { SettingsPolicy } from './settings-policy.ts'

export interface SettingsStore {
  read: () => Settings
  /** Those that an administrator decided. */
  locked: () => (keyof Settings)[]
  change: (part: Partial<Settings>) => Promise<Settings>
  /** Everything as on the first day, but the language one reads. */
  restore: () => Promise<Settings>
}

interface SettingsParts {
  file: string
  systemLanguage: string
  /** What the administrator decided: stands below the user's choice, or above it. */
  policy: Pick<SettingsPolicy, 'defaults' | 'locked'>
}

/** The user's settings in a JSON file; what is damaged or unknown in it falls back to the defaults. */
export function openSettings({ file, systemLanguage, policy }: SettingsParts): SettingsStore {
  const first: Settings = { ...defaultSettings(systemLanguage), ...policy.defaults }
  // The user's own, apart from what is locked: it is there again when the lock is taken away.
  const own: Settings = { ...first, ...readFile(file) }
  const read = (): Settings => ({ ...own, ...policy.locked })
  const change = async (part: Partial<Settings>): Promise<Settings> => {
    for (const [name, value] of Object.entries(part)) {
      if (value !== undefined && !Object.hasOwn(policy.locked, name)) Object.assign(own, { [name]: value })
    }
    await writeAtomic(file, `${JSON.stringify(own, null, 2)}\n`)
    return read()
  }
  return {
    read,
    locked: () => Object.keys(policy.locked) as (keyof Settings)[],
    change,
    restore: () => change({ ...first, language: own.language }),
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
    interfaceScale: 100,
    articleScale: 100,
    articleWidth: 420,
    articleOpen: true,
    railOpen: true,
    fit: 'page',
    pageFilters: {},
    pageOrders: {},
    articleLook: { face: 'serif', lines: 'usual', measure: 'usual', script: 'printed', ruler: false, flow: 'across' },
    aloud: { rate: 100, voices: {}, onwards: false },
    citationForm: language === 'en' ? 'chicago' : 'gbt7714',
    firstSteps: { state: 'waiting', done: [] },
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
