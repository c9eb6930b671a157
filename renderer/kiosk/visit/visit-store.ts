import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { InterfaceLanguage } from '../../../electron/bridge/views.ts'
import { useSettingsStore } from '../../settings/settings-store.ts'
import { useKioskStore } from '../kiosk-store.ts'

const SAID_MS = 3500

/** What a visitor chose for this visit, all of it gone with the window; and what is said to them. */
export const useVisitStore = defineStore('visit', () => {
  const kiosk = useKioskStore()
  const preferences = useSettingsStore()
  const large = ref(false)
  /** A sentence for eyes and screen readers that goes away by itself. */
  const said = ref('')
  /** The staff's PIN pad is shown. */
  const askingPin = ref(false)
  let saying: ReturnType<typeof setTimeout> | undefined

  const contrast = computed(() => preferences.settings.theme === 'contrast')
  const otherLanguages = computed(() =>
    (kiosk.view?.languages ?? []).filter((language) => language !== preferences.settings.language),
  )

  function say(text: string): void {
    clearTimeout(saying)
    said.value = text
    saying = setTimeout(() => (said.value = ''), SAID_MS)
  }

  const speak = (language: InterfaceLanguage) => preferences.change({ language })
  const toggleContrast = () => {
    const usual = kiosk.view?.theme ?? 'light'
    return preferences.change({ theme: contrast.value ? (usual === 'contrast' ? 'light' : usual) : 'contrast' })
  }

  function toggleLarge(): void {
    large.value = !large.value
    document.documentElement.dataset['size'] = large.value ? 'large' : 'usual'
  }

  return { large, contrast, otherLanguages, said, say, speak, toggleContrast, toggleLarge, askingPin }
})
