import { computed, onScopeDispose, ref, watchEffect, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ThemeName } from '../../electron/bridge/views.ts'
import { useSettingsStore } from '../settings/settings-store.ts'

const themes: ThemeName[] = ['light', 'sepia', 'dark', 'contrast']

/** Whether the system's wish holds, and when that changes. */
function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const media = window.matchMedia(query)
  const matches = ref(media.matches)
  const follow = (event: MediaQueryListEvent) => (matches.value = event.matches)
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))
  return matches
}

/** Keeps the document's theme and language as the settings say. */
export function useAppearance() {
  const preferences = useSettingsStore()
  const { locale } = useI18n()

  const systemDark = useMediaQuery('(prefers-color-scheme: dark)')
  const moreContrast = useMediaQuery('(prefers-contrast: more)')

  const shown = computed(() => {
    const { theme } = preferences.settings
    if (theme !== 'system') return theme
    if (moreContrast.value) return 'contrast'
    return systemDark.value ? 'dark' : 'light'
  })

  watchEffect(() => {
    const { language, interfaceScale } = preferences.settings
    locale.value = language
    document.documentElement.lang = language
    document.documentElement.dataset.theme = shown.value
    // Every measure of the interface is in rem.
    document.documentElement.style.fontSize = interfaceScale === 100 ? '' : `${interfaceScale}%`
  })

  /** The theme after the one that is seen. */
  function nextTheme(): ThemeName {
    return themes[(themes.indexOf(shown.value) + 1) % themes.length] ?? 'light'
  }

  return { nextTheme }
}
