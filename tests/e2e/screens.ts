import type { ElectronApplication, Page } from 'playwright/test'
import { join } from 'node:path'
import { sampleArchive } from './app.ts'
import { answerDialog, goTo, pageDrawn } from './steps.ts'

/**
 * Every screen of the interface, in any language: the tests for access and the sheet of pictures (`npm run screens`) go
 * through the same list, so a screen that is added here is looked at by both. A screen that is shown in the course of a
 * longer start, such as a kiosk's, gives its own words for the command line and its own list.
 */
export interface Screen {
  name: string
  /** Whether it is text that flows: it must be readable in 320 pixels of width (WCAG 1.4.10; a page image need not). */
  flows: boolean
  show: (running: { app: ElectronApplication; window: Page; base: string }) => Promise<void>
  /** Takes away what stands over the screen. */
  leave?: (window: Page) => Promise<void>
}

const issue = 'i/jcrb/2013-01-10/1'
const byEscape = async (window: Page) => window.keyboard.press('Escape')

async function read(window: Page, base: string, place = 'p1?article=100688'): Promise<void> {
  await goTo(window, `${base}/r/jcrb/2013-01-10/1/${place}`)
  await pageDrawn(window, 2500)
  await window.locator('aside.article-pane h2').waitFor()
}

export const screens: Screen[] = [
  {
    name: 'library',
    flows: true,
    show: async ({ window }) => {
      await goTo(window, '#/')
      await window.locator('article.card').first().waitFor()
    },
  },
  {
    name: 'calendar',
    flows: true,
    show: async ({ window, base }) => {
      await goTo(window, `${base}/jcrb?day=2013-01-10`)
      await window.locator('aside.day article').first().waitFor()
    },
  },
  {
    name: 'issue',
    flows: true,
    show: async ({ window, base }) => {
      await goTo(window, `${base}/${issue}`)
      await window.locator('main ol li img').first().waitFor()
    },
  },
  {
    name: 'issue-origins',
    flows: true,
    show: async ({ window, base }) => {
      await goTo(window, `${base}/${issue}`)
      await window.locator('main ol li img').first().waitFor()
      await window.keyboard.press('Shift+I')
      await window.locator('.origins').waitFor()
    },
    leave: byEscape,
  },
  {
    name: 'headline-wall',
    flows: true,
    show: async ({ window, base }) => {
      await goTo(window, `${base}/${issue}?part=wall`)
      await window.locator('.cut img').first().waitFor()
    },
  },
  {
    name: 'reader',
    flows: false,
    show: async ({ window, base }) => read(window, base),
  },
  {
    name: 'article-origins',
    flows: false,
    show: async ({ window, base }) => {
      await read(window, base)
      await window.keyboard.press('Shift+I')
      await window.locator('.origins').waitFor()
      await window.locator('.origins details summary').last().click()
    },
    leave: byEscape,
  },
  {
    name: 'reader-hits',
    flows: false,
    show: async ({ window, base }) => {
      await read(window, base, `p1?article=100688&q=${encodeURIComponent('产业')}`)
      await window.locator('.hit-pill').waitFor()
    },
  },
  {
    name: 'reader-notes',
    flows: false,
    show: async ({ window, base }) => {
      await read(window, base)
      await window.keyboard.press('m')
      await window.locator('.notes-panel').waitFor()
    },
    leave: async (window) => window.keyboard.press('m'),
  },
  {
    name: 'search',
    flows: true,
    show: async ({ window, base }) => {
      await goTo(window, `${base}/search?q=${encodeURIComponent('产业')}`)
      await window.locator('.results mark').first().waitFor()
    },
  },
  {
    name: 'notes',
    flows: true,
    show: async ({ window }) => {
      await goTo(window, '#/notes')
      await window.locator('.note-row, .empty').first().waitFor()
    },
  },
  {
    name: 'clippings-book',
    flows: true,
    show: async ({ window, base }) => {
      await collectNotes(window, base)
      await goTo(window, '#/notes')
      const folder = window.locator('option', { hasText: collected }).first()
      await folder.waitFor({ state: 'attached' })
      await window.locator('select', { has: folder }).first().selectOption({ index: 1 })
      await window.locator('.folder-head .line button').last().click()
      await window.locator('.book-dialog').waitFor()
    },
    leave: byEscape,
  },
  {
    name: 'trends',
    flows: true,
    show: async ({ window, base }) => {
      const words = ['产业', '检察'].map((word) => `q=${encodeURIComponent(word)}`).join('&')
      await goTo(window, `${base}/trends?${words}&unit=month`)
      await window.locator('.trend-chart .dot').first().waitFor()
    },
  },
  {
    name: 'takeaway',
    flows: true,
    show: async ({ window, base }) => {
      await goTo(window, `${base}/take/jcrb/2013-01-10/1/p1?article=100688`)
      await window.locator('.papers img:not(.is-old)').first().waitFor()
    },
  },
  {
    name: 'import',
    flows: true,
    show: async ({ app, window }) => {
      await goTo(window, '#/jobs')
      await window.locator('main h1').waitFor()
      if ((await window.locator('.found').count()) > 0) return
      await answerDialog(app, join(sampleArchive(), 'data/originals/sample-mirror'))
      await window.locator('main button').first().click()
      await window.locator('.found td').first().waitFor()
      await window.locator('.found progress').waitFor({ state: 'detached' })
    },
  },
  {
    name: 'recognise-text',
    flows: true,
    show: async ({ window }) => {
      await goTo(window, '#/')
      await window.locator('article.card .more button').first().click()
      await window.locator('[role=menuitem]').nth(1).click()
      await window.locator('.recognise').waitFor()
    },
    leave: byEscape,
  },
  {
    name: 'settings',
    flows: true,
    show: async ({ window }) => {
      await goTo(window, '#/settings')
      await window.locator('fieldset').first().waitFor()
    },
  },
  {
    name: 'diagnostics',
    flows: true,
    show: async ({ window }) => {
      await goTo(window, '#/diagnostics')
      await window.getByRole('listitem').nth(10).waitFor()
    },
  },
  {
    name: 'palette',
    flows: true,
    show: async ({ window, base }) => {
      await goTo(window, `${base}/jcrb?day=2013-01-10`)
      await window.locator('aside.day article').first().waitFor()
      await window.keyboard.press('Control+k')
      await window.getByRole('dialog').waitFor()
    },
    leave: byEscape,
  },
  {
    name: 'keys',
    flows: true,
    show: async ({ window, base }) => {
      // Where there is room the reader's keys, which are most.
      if (await window.evaluate(() => innerWidth >= 1000 && !document.documentElement.style.fontSize))
        await read(window, base)
      else await goTo(window, '#/')
      await window.locator('main > *').waitFor()
      await window.keyboard.press('?')
      await window.getByRole('dialog').waitFor()
    },
    leave: byEscape,
  },
]

/** A note of each kind, so that no list of notes is empty. */
export async function makeNotes(window: Page, base: string): Promise<void> {
  await window.evaluate(
    async (archive) => {
      const { annotations } = globalThis.window.banmian.call as unknown as Record<
        string,
        Record<string, (input: unknown) => Promise<{ ok: boolean }>>
      >
      const add = async (part: object) => {
        const place = { archive, issue: { title: 'jcrb', date: '2013-01-10', edition: 1 }, page: 'p1' }
        const reply = await annotations!['add']!({ ...place, ...part })
        if (!reply.ok) throw new Error(JSON.stringify(reply))
      }
      const box = { x: 0.08, y: 0.22, w: 0.3, h: 0.12 }
      await add({
        level: 'region',
        shape: { kind: 'rectangle', box },
        edit: { comment: '产业集聚区的**起点**，与 1月11日 二版对照。', tags: ['产业', '沁阳'], colour: 'indigo' },
      })
      await add({ level: 'article', article: '100688', edit: { comment: '全文引用。', tags: ['引用'], colour: 'red' } })
      await add({ level: 'page', edit: { kind: 'bookmarking' } })
    },
    base.slice(base.lastIndexOf('/') + 1),
  )
}

const collected = '产业剪报'

/** A folder with the notes in it, made once; some notes too, where there are none. */
async function collectNotes(window: Page, base: string): Promise<void> {
  const isThere = (name: string) =>
    window.evaluate(async (wanted) => {
      const { annotations } = globalThis.window.banmian.call
      const folders = (await annotations!['folders']!(undefined)) as { value: { name: string }[] }
      return folders.value.some((folder) => folder.name === wanted)
    }, name)
  if (await isThere(collected)) return
  await makeNotes(window, base)
  await window.evaluate(async (name) => {
    const { annotations } = globalThis.window.banmian.call
    const made = (await annotations!['addFolder']!({ kind: 'clippings', name })) as { value: { id: string } }
    const found = (await annotations!['find']!({ query: {} })) as { value: { notes: { id: string }[] } }
    await annotations!['editFolder']!({ id: made.value.id, notes: found.value.notes.map(({ id }) => id) })
  }, collected)
}
