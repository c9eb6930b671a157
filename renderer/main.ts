import { createApp } from 'vue'
import { createPinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import App from './App.vue'
import { useKioskStore } from './kiosk/kiosk-store.ts'
import { router } from './router.ts'
import { texts } from './texts.ts'
import { useNoticeStore } from './shell/notice-store.ts'
import { useSettingsStore } from './settings/settings-store.ts'
import './shared/tokens.css'
import './shared/base.css'
import './shared/form.css'
import './shared/typography.css'

const pinia = createPinia()
const notices = useNoticeStore(pinia)
window.addEventListener('unhandledrejection', (event) => notices.report(event.reason))

// Read before the first picture, so that neither language nor theme changes under the reader's eyes.
const preferences = useSettingsStore(pinia)
const [isKiosk] = await Promise.all([
  useKioskStore(pinia).load(),
  preferences.begin().catch((error: unknown) => notices.report(error)),
])

const { language: locale } = preferences.settings
const i18n = createI18n({ legacy: false, locale, fallbackLocale: 'en', messages: texts })
const staff = { root: App, router, texts: undefined }
const shown = isKiosk ? (await import('./kiosk/kiosk-root.ts')).kioskRoot : staff
for (const [language, more] of Object.entries(shown.texts ?? {})) i18n.global.mergeLocaleMessage(language, more)

const app = createApp(shown.root)
app.config.errorHandler = (error) => notices.report(error)
app.use(pinia)
app.use(i18n)
app.use(shown.router)
app.mount('#app')
// Two hundred pieces of faces that most machines do not need: they do not stand before the first picture.
void import('./shared/fonts.css')
