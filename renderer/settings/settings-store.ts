import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Settings } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'

const initial: Settings = {
  language: 'zh-Hans',
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
  citationForm: 'gbt7714',
  firstSteps: { state: 'waiting', done: [] },
}

/** The reader's preferences; a change is seen at once and kept by main. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = ref<Settings>(initial)
  /** What an administrator decided for everybody on this machine. */
  const locked = ref<readonly (keyof Settings)[]>([])
  let latest = 0
  /** Changes of this window that main has not answered. */
  let underWay = 0

  /** How a window is laid out is its own; another window's change does not move it. The next one begins with it. */
  function ofThisWindow(): Partial<Settings> {
    const { articleOpen, articleWidth, railOpen, fit } = settings.value
    return { articleOpen, articleWidth, railOpen, fit }
  }

  const isLocked = (name: keyof Settings): boolean => locked.value.includes(name)

  async function begin(): Promise<void> {
    listen('settings.changed', (changed) => {
      // What was changed here since is newer than this news; main's answer brings both.
      if (underWay > 0) return
      settings.value = { ...changed, ...ofThisWindow() }
    })
    ;[settings.value, locked.value] = await Promise.all([api.settings.read(), api.settings.locked()])
  }

  async function change(wanted: Partial<Settings>): Promise<void> {
    const free = Object.entries(wanted).filter(([name]) => !isLocked(name as keyof Settings))
    if (free.length === 0) return
    const part = Object.fromEntries(free) as Partial<Settings>
    const turn = ++latest
    settings.value = { ...settings.value, ...part }
    underWay++
    const kept = await api.settings.change(part).finally(() => underWay--)
    // An answer to an older change would undo a newer one for a moment.
    if (turn === latest) settings.value = { ...kept, ...ofThisWindow() }
  }

  /** Everything as on the first day, this window's layout too; the language stays. */
  async function reset(): Promise<void> {
    settings.value = await api.settings.reset()
  }

  /** Writes a file; its name, or undefined when the user changed their mind. */
  const save = (): Promise<string | undefined> => api.settings.save()

  /** Takes what a file says; false when the user changed their mind. */
  async function load(): Promise<boolean> {
    const loaded = await api.settings.load()
    if (loaded) settings.value = loaded
    return loaded !== undefined
  }

  return { settings, isLocked, begin, change, reset, save, load }
})
