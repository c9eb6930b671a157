import { ArchiveError } from '../../archive/errors.ts'
import { firstLanguage, type KioskPolicy } from '../../archive/kiosk/policy.ts'
import type { Settings } from '../bridge/views.ts'
import { defaultSettings, type SettingsStore } from '../settings.ts'

export interface VisitSettings extends SettingsStore {
  /** Back to what the policy says. */
  reset: () => void
}

/** The settings of a visit: changed as anywhere, kept nowhere. */
export function visitSettings(policy: KioskPolicy): VisitSettings {
  const first = (): Settings => {
    const language = firstLanguage(policy)
    return { ...defaultSettings(language), language, theme: policy.theme }
  }
  let settings = first()
  return {
    read: () => ({ ...settings }),
    locked: () => [],
    change: async (part) => {
      if (part.language !== undefined && !policy.languages.includes(part.language))
        throw new ArchiveError('kiosk-refused', { call: `language ${part.language}` })
      const given = Object.entries(part).filter(([, value]) => value !== undefined)
      settings = { ...settings, ...Object.fromEntries(given) }
      return { ...settings }
    },
    restore: async () => (settings = first()),
    reset: () => (settings = first()),
  }
}
