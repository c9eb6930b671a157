import { computed, onScopeDispose, ref, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ThemeName } from '../../electron/bridge/views.ts'
import { useSettingsStore } from '../settings/settings-store.ts'

const themes: ThemeName[] = ['light', 'sepia', 'dark', 'contrast']

/** Keeps the document's theme and language as the settings say. */
export function useAppearance() {
  const preferences = useSettingsStore()
  const { locale } = useI18n()

  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const systemDark = ref(dark.matches)
  const follow = (event: MediaQueryListEvent) => (systemDark.value = event.matches)
  dark.addEventListener('change', follow)
  onScopeDispose(() => dark.removeEventListener('change', follow))

  const shown = computed(() => {
    const { theme } = preferences.settings
    if (theme !== 'system') return theme
    return systemDark.value ? 'dark' : 'light'
  })

  watchEffect(() => {
    const { language } = preferences.settings
    locale.value = language
    document.documentElement.lang = language
    document.documentElement.dataset.theme = shown.value
  })

  /** The theme after the one that is seen. */
  function nextTheme(): ThemeName {
    return themes[(themes.indexOf(shown.value) + 1) % themes.length] ?? 'light'
  }

  return { nextTheme }
}
