import type { Page } from 'playwright/test'
import { ask, staffPin } from './kiosk.ts'
import { button, goTo } from './steps.ts'

/**
 * The screens of a visit, for the tests for access and for the sheet of pictures. They are shown one after the other, in
 * 简体中文: each is left as the next one expects it.
 */
export interface KioskScreen {
  name: string
  /** `base`: of the first archive. */
  show: (window: Page, base: string) => Promise<void>
  /** Takes away what stands over the screen, or what it changed. */
  leave?: (window: Page) => Promise<void>
}

const page = (base: string): string => `${base}/r/jcrb/2013-01-10/1/p1`
const article = (base: string): string => `${page(base)}?article=100688`

/** Shows an address of the base given, and waits until what is there when it is. */
const at = (hash: (base: string) => string, sign: string) => async (window: Page, base: string) => {
  await goTo(window, hash(base))
  await window.locator(sign).first().waitFor({ state: 'attached' })
}
/** The same in large text. */
const large = (name: string, show: KioskScreen['show']): KioskScreen => ({
  name,
  show: async (window, base) => {
    await show(window, base)
    await button(window, '大字').click()
    await window.locator('html[data-size=large]').waitFor()
  },
  leave: async (window) => {
    await button(window, '大字').click()
    await window.locator('html:not([data-size=large])').waitFor()
  },
})
const byEscape = async (window: Page) => {
  await window.keyboard.press('Escape')
  await window.locator('.kiosk-sheet[open]').waitFor({ state: 'detached' })
}

const showStart = at(() => '#/start', '.start .cover-card')
const showCalendar = at((base) => `${base}/jcrb?day=2013-01-10`, '.days button:enabled')
const showPage = at(page, '.zone')
const showArticle = at(article, '.article-sheet h2')
const showFound = at(() => `#/search?q=${encodeURIComponent('产业')}`, '.found mark')

export const kioskScreens: KioskScreen[] = [
  {
    name: 'attract',
    show: async (window) => window.locator('.attract img').first().waitFor(),
    leave: async (window) => {
      await window.locator('.attract').click({ position: { x: 300, y: 300 } })
      await window.locator('.start').waitFor()
    },
  },
  { name: 'start', show: showStart },
  { name: 'calendar', show: showCalendar },
  { name: 'issue', show: at((base) => `${base}/i/jcrb/2013-01-10/1`, '.issue li img') },
  { name: 'page', show: showPage },
  { name: 'headlines', show: at((base) => `${page(base)}?list=1`, '.headline-sheet li') },
  { name: 'article', show: showArticle },
  { name: 'keys', show: at(() => '#/search', '.hg-button') },
  { name: 'found', show: showFound },
  { name: 'take', show: at(() => '#/take', '.take') },
  {
    name: 'taken',
    show: async (window, base) => {
      await showPage(window, base)
      if (await button(window, '带走本版').isVisible()) await button(window, '带走本版').click()
      await showArticle(window, base)
      if (await button(window, '带走本文').isVisible()) await button(window, '带走本文').click()
      await at(() => '#/take', '.things li')(window, base)
      await window.locator('.said.shown').waitFor({ state: 'detached' })
    },
  },
  { name: 'help', show: at(() => '#/help', '.help') },
  large('start-large', showStart),
  large('calendar-large', showCalendar),
  large('page-large', showPage),
  large('article-large', showArticle),
  large('found-large', showFound),
  {
    name: 'end',
    show: async (window, base) => {
      await showStart(window, base)
      await button(window, '结束').click()
      await window.locator('.kiosk-sheet[open]').waitFor()
    },
    leave: byEscape,
  },
  {
    name: 'pin',
    show: async (window) => {
      await window.keyboard.down('F1')
      await window.locator('.pin-pad[open]').waitFor()
      await window.keyboard.up('F1')
    },
    leave: byEscape,
  },
  {
    name: 'staff',
    show: async (window, base) => {
      await ask(window, 'kiosk', 'enterPin', { pin: staffPin })
      await at(() => '#/staff', '.staff pre')(window, base)
    },
    leave: async (window) => void (await ask(window, 'kiosk', 'leaveStaff')),
  },
]
