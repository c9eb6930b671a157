import { expect, type Page } from 'playwright/test'
import { articleText } from '../../archive/article-text.ts'
import { test } from './app.ts'
import { button, goTo, openArchive, sampleIssues } from './steps.ts'

/** Every letter is a question: its answer, and never that of an older one, stands under the field. */

const articles = sampleIssues().flatMap((issue) => issue.articles.map((article) => articleText(article).text))
const holding = (text: string): number => articles.filter((one) => one.includes(text)).length

const field = (window: Page) => window.getByRole('combobox', { name: '搜索词' })
const total = (window: Page) => window.locator('.results header strong')

interface Shown {
  typed: string
  answered: string
  busy: boolean
}

/** Notes at every change of the results what stands in the field and what the results answer. */
async function watchResults(window: Page): Promise<() => Promise<Shown[]>> {
  await window.evaluate(() => {
    const results = document.querySelector<HTMLElement>('.results')!
    const input = document.querySelector<HTMLInputElement>('.filters input[role=combobox]')!
    const shown: unknown[] = []
    Object.assign(globalThis, { shownResults: shown })
    new MutationObserver(() =>
      shown.push({
        typed: input.value,
        answered: results.dataset['answered'],
        busy: results.getAttribute('aria-busy') === 'true',
      }),
    ).observe(results, { subtree: true, childList: true, characterData: true, attributes: true })
  })
  return () => window.evaluate(() => (globalThis as unknown as { shownResults: Shown[] }).shownResults)
}

test('typing shows the answer to what is written, letter by letter, and never an older one', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/search`)
  await field(window).focus()
  const shown = await watchResults(window)
  for (const [at, letter] of [...'重点项目'].entries()) {
    await window.keyboard.insertText(letter)
    const written = '重点项目'.slice(0, at + 1)
    await expect(window.locator('.results')).toHaveAttribute('data-answered', written)
    await expect(total(window)).toHaveText(`${holding(written)} 篇`)
  }
  // As fast as the hand can, forwards and backwards, without waiting for any answer.
  for (let round = 0; round < 3; round += 1) {
    for (let back = 0; back < 4; back += 1) await window.keyboard.press('Backspace')
    for (const letter of '产业集聚') await window.keyboard.insertText(letter)
  }
  await expect(window.locator('.results')).toHaveAttribute('data-answered', '产业集聚')
  await expect(total(window)).toHaveText(`${holding('产业集聚')} 篇`)
  const seen = await shown()
  expect(seen.length).toBeGreaterThan(8)
  // What is drawn for other words than those written is drawn as being looked for.
  expect(seen.filter(({ typed, answered, busy }) => answered !== '' && answered !== typed && !busy)).toEqual([])
})

test('what is typed is one step in the history, and Escape leads back to where one was', async ({ start }) => {
  const { window, base } = await openArchive(start)
  const before = new URL(window.url()).hash
  await goTo(window, `${base}/search`)
  for (const letter of '产业') await window.keyboard.insertText(letter)
  await expect(total(window)).toHaveText(`${holding('产业')} 篇`)
  await window.keyboard.press('Enter')
  await field(window).fill('记者')
  await expect(total(window)).toHaveText(`${holding('记者')} 篇`)
  await window.keyboard.press('Enter')
  await button(window, '后退').click()
  await expect(field(window)).toHaveValue('产业')
  await expect(total(window)).toHaveText(`${holding('产业')} 篇`)
  await button(window, '前进').click()
  await expect(field(window)).toHaveValue('记者')
  await window.locator('.results ol li').first().locator('a').focus()
  await window.keyboard.press('Escape')
  await expect.poll(() => new URL(window.url()).hash).toBe(before)
})

test('letters of an input method are no query before they are characters', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/search`)
  await field(window).focus()
  const session = await window.context().newCDPSession(window)
  await session.send('Input.imeSetComposition', { text: 'chan', selectionStart: 4, selectionEnd: 4 })
  await window.waitForTimeout(300)
  expect(window.url()).not.toContain('q=')
  await session.send('Input.insertText', { text: '产业' })
  await expect(total(window)).toHaveText(`${holding('产业')} 篇`)
})
