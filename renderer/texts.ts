import { annotationTexts } from './annotations/annotation-texts.ts'
import { articleTexts } from './article/article-texts.ts'
import { calendarTexts } from './calendar/calendar-texts.ts'
import { diagnosticsTexts } from './diagnostics/diagnostics-texts.ts'
import { collectionTexts } from './annotations/collection-texts.ts'
import { exchangeTexts } from './annotations/exchange-texts.ts'
import { firstStepsTexts } from './first-steps/first-steps-texts.ts'
import { issueTexts } from './issue/issue-texts.ts'
import { jobsTexts } from './jobs/jobs-texts.ts'
import { libraryTexts } from './library/library-texts.ts'
import { originsTexts } from './origins/origins-texts.ts'
import { searchTexts } from './search/search-texts.ts'
import { settingsTexts } from './settings/settings-texts.ts'
import { sharedTexts } from './shared/shared-texts.ts'
import { shellTexts } from './shell/shell-texts.ts'
import { takeawayTexts } from './takeaway/takeaway-texts.ts'
import { trendsTexts } from './trends/trends-texts.ts'
import { viewerTexts } from './viewer/viewer-texts.ts'

const features = [
  sharedTexts,
  shellTexts,
  libraryTexts,
  calendarTexts,
  issueTexts,
  searchTexts,
  jobsTexts,
  originsTexts,
  settingsTexts,
  diagnosticsTexts,
  viewerTexts,
  articleTexts,
  annotationTexts,
  collectionTexts,
  exchangeTexts,
  takeawayTexts,
  trendsTexts,
  firstStepsTexts,
]

function inLanguage(language: 'zh-Hans' | 'zh-Hant' | 'en') {
  return Object.assign({}, ...features.map((texts) => texts[language])) as Record<string, Record<string, string>>
}

/** Every text of the interface, by language. */
export const texts = { 'zh-Hans': inLanguage('zh-Hans'), 'zh-Hant': inLanguage('zh-Hant'), en: inLanguage('en') }
