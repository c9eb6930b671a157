import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Settings } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'

const initial: Settings = {
  language: 'zh-Hans',
  theme: 'system',
  articleScale: 100,
  articleWidth: 420,
  articleOpen: true,
  railOpen: true,
  fit: 'page',
  pageFilters: {},
  pageOrders: {},
  articleLook: { face: 'serif', lines: 'usual', measure: 'usual', script: 'printed', ruler: false },
}

/** The reader's preferences; a change is seen at once and kept by main. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings>(initial)
  let latest = 0

  async function load(): Promise<void> {
    listen('settings.changed', (changed) => (settings.value = changed))
    settings.value = await api.settings.read()
  }

  async function change(part: Partial<Settings>): Promise<void> {
    const turn = ++latest
    settings.value = { ...settings.value, ...part }
    const kept = await api.settings.change(part)
    // An answer to an older change would undo a newer one for a moment.
    if (turn === latest) settings.value = kept
  }

  return { settings, load, change }
})
