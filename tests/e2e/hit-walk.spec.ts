import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { goTo, openArchive, percentOf, sampleIssues } from './steps.ts'

/** From hit to hit by key, over pages and issues; how near the page comes is the reader's choice. */

const word = '产业'
const dates = sampleIssues()
  .filter(({ title, articles }) => title.id === 'jcrb' && articles.some((each) => JSON.stringify(each).includes(word)))
  .map(({ date }) => date)
  .sort()
const dateOf = (window: Page) => /\/r\/jcrb\/(\d{4}-\d{2}-\d{2})\//.exec(window.url())?.[1]
const pill = (window: Page) => window.locator('.hit-pill-text')

test('N and P lead on to the next and the last issue that has the word, and around', async ({ start }) => {
  expect(dates.length).toBeGreaterThan(2)
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/r/jcrb/${dates[0]}/1/p1?q=${encodeURIComponent(word)}`)
  await expect(pill(window)).toContainText(/第 1 处/)
  // Back from the first one: the last hit of the last issue.
  await window.keyboard.press('p')
  await expect.poll(() => dateOf(window)).toBe(dates.at(-1))
  await expect(pill(window)).toContainText(/第 (\d+) 处 \/ 共 \1 处/)
  await window.keyboard.press('n')
  await expect.poll(() => dateOf(window)).toBe(dates[0])
  await expect(pill(window)).toContainText(/第 1 处/)
  for (let step = 0; step < 40 && dateOf(window) === dates[0]; step += 1) {
    const before = await pill(window).textContent()
    await window.keyboard.press('n')
    await expect
      .poll(async () => dateOf(window) !== dates[0] || (await pill(window).textContent()) !== before)
      .toBe(true)
  }
  expect(dateOf(window)).toBe(dates[1])
  await expect(pill(window)).toContainText(/第 1 处/)
})

test('an issue without the word leads to one with it, and a word that is nowhere says so', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/r/jcrb/${dates[1]}/1/p1?q=${encodeURIComponent('没有这样的词语')}`)
  await expect(pill(window)).toContainText('本期没有')
  await window.keyboard.press('n')
  await expect(pill(window)).toContainText('各期都没有')
})

test('the page stays as it is at a hit until the reader wants it near', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await goTo(window, `${base}/r/jcrb/${dates[1]}/1/p1?q=${encodeURIComponent(word)}`)
  await expect(pill(window)).toContainText(/第 1 处/)
  await window.waitForTimeout(600)
  const whole = await percentOf(window)
  await window.keyboard.press('n')
  await expect(pill(window)).toContainText(/第 2 处/)
  await expect.poll(() => percentOf(window)).toBe(whole)
  await window.keyboard.press('z')
  await expect(window.getByRole('button', { name: '每处放大来看' })).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => percentOf(window)).toBeGreaterThan(whole)
  await window.keyboard.press('z')
  await expect.poll(() => percentOf(window)).toBe(whole)
})
