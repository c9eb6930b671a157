import { createApp } from 'vue'
import { createPinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import App from './App.vue'
import { router } from './router.ts'
import { texts } from './texts.ts'
import { useNoticeStore } from './shell/notice-store.ts'
import { useSettingsStore } from './settings/settings-store.ts'
import './shared/tokens.css'
import './shared/base.css'
import './shared/typography.css'

const app = createApp(App)
app.use(createPinia())
const notices = useNoticeStore()
app.config.errorHandler = (error) => notices.report(error)
window.addEventListener('unhandledrejection', (event) => notices.report(event.reason))

// Read before the first picture, so that neither language nor theme changes under the reader's eyes.
const preferences = useSettingsStore()
await preferences.begin().catch((error: unknown) => notices.report(error))

const i18n = createI18n({ legacy: false, locale: preferences.settings.language, fallbackLocale: 'en', messages: texts })
app.use(i18n)
app.use(router)
app.mount('#app')
// Two hundred pieces of faces that most machines do not need: they do not stand before the first picture.
void import('./shared/fonts.css')
