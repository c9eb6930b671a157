import { createApp } from 'vue'
import { createPinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import type { SheetJob } from '../electron/bridge/print-sheet.ts'
import { problemCode } from './shared/problem-sentence.ts'
import BookSheet from './takeaway/BookSheet.vue'
import PrintSheet from './takeaway/PrintSheet.vue'
import { texts } from './texts.ts'
import './shared/fonts.css'
import './shared/tokens.css'
import './shared/base.css'
import './shared/typography.css'

/**
 * The page that is printed or saved, seen by nobody: its title says how far it is, and then what it is, which is the
 * title of the PDF (electron/bridge/print-sheet.ts).
 */
const job = JSON.parse(decodeURIComponent(window.location.hash.slice(1))) as SheetJob
const { language } = 'takeaway' in job ? job.takeaway : 'book' in job ? job.book : job.source
document.documentElement.lang = language

function fail(error: unknown): void {
  const code = problemCode(error) ?? 'internal'
  if (code === 'internal') window.console.error(error)
  document.title = `failed ${code}`
}

function complete(name: string): void {
  document.title = `ready ${document.querySelector('#sheet')?.scrollHeight ?? 0}`
  // In a task of its own: two titles set at once are one.
  setTimeout(() => (document.title = name.replace(/\s+/g, ' ').trim() || '版面 Banmian'))
}

const app = createApp('book' in job ? BookSheet : PrintSheet, {
  job,
  onComplete: complete,
  onFailed: fail,
})
app.config.errorHandler = fail
app.use(createPinia())
app.use(createI18n({ legacy: false, locale: language, fallbackLocale: 'en', messages: texts }))
app.mount('#sheet')
