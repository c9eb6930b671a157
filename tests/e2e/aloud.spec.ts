import { expect, type Page } from 'playwright/test'
import { test } from './app.ts'
import { endSentence, giveVoice, heardIn } from './own-voice.ts'
import { button, openArchive, readPage, sampleIssue } from './steps.ts'

/**
 * An article read aloud. What is heard depends on the machine, so the voice here is one of the test's own, which says
 * each sentence in a moment and writes down what it was given; the last test asks the machine itself.
 */

const turned = sampleIssue('jcrb/2013-01-10/1').articles.find(({ continuedBy }) => continuedBy)!

/** The words that are marked as read aloud. */
const marked = (window: Page) =>
  window.evaluate(() => [...(CSS.highlights.get('aloud') ?? [])].map((range) => (range as Range).toString()).join())

const voices = [
  { name: 'Server', lang: 'zh-CN', localService: false },
  { name: 'Sinji', lang: 'zh-HK', localService: true },
  { name: 'Tingting', lang: 'zh-CN', localService: true },
]

test('sentence by sentence by key and button, marked in the text, from where one presses, at the speed one keeps', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
  await giveVoice(window, voices)
  await window.keyboard.press('v')
  const bar = window.getByRole('region', { name: '朗读' })
  await expect(bar).toContainText('第 1 /')
  await expect.poll(() => marked(window)).toBe(turned.headline)
  await expect.poll(async () => (await heardIn(window)).at(-1)?.voice, 'local, and of the mainland').toBe('Tingting')
  await endSentence(window)
  await expect(bar).toContainText('第 2 /')
  await window.keyboard.press('j')
  await expect(bar).toContainText('第 3 /')
  await window.keyboard.press('Shift+J')
  await expect(bar).toContainText('第 2 /')

  // A pause keeps the place, and goes on with the sentence from its beginning.
  await window.keyboard.press('v')
  await expect(button(window, '继续朗读')).toBeVisible()
  const paused = (await heardIn(window)).length
  await button(window, '继续朗读').click()
  await expect.poll(async () => (await heardIn(window)).length).toBe(paused + 1)

  // A press on a paragraph goes on there.
  const paragraph = window.locator('.text-blocks > p').nth(4)
  await paragraph.scrollIntoViewIfNeeded()
  await paragraph.click({ position: { x: 60, y: 12 } })
  const there = (await paragraph.textContent()) ?? ''
  await expect.poll(async () => there.includes(await marked(window))).toBe(true)
  expect(there).toContain((await heardIn(window)).at(-1)!.text)

  // Faster, with the other voice: heard at once, and kept.
  await bar.getByRole('slider', { name: '语速' }).focus()
  for (let step = 0; step < 5; step += 1) await window.keyboard.press('ArrowRight')
  await expect.poll(async () => (await heardIn(window)).at(-1)?.rate).toBe(1.5)
  await bar.getByRole('combobox', { name: '语音' }).selectOption('Sinji')
  await expect.poll(async () => (await heardIn(window)).at(-1)?.voice).toBe('Sinji')
  await window.keyboard.press('Shift+V')
  await expect(bar).toHaveCount(0)
  await expect.poll(() => marked(window)).toBe('')
  await window.locator('aside.article-pane h2').focus()
  await window.keyboard.press('v')
  await expect.poll(async () => (await heardIn(window)).at(-1)).toMatchObject({ voice: 'Sinji', rate: 1.5 })

  // Closing the article ends it.
  await window.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})

test('all of a continued article is said, its page is turned to, and the next one follows when asked', async ({
  start,
}) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
  const next = await window.evaluate(() => document.querySelectorAll('.article-text .page-mark').length)
  expect(next, 'it is continued').toBeGreaterThan(0)
  const shown = await window.evaluate(() =>
    [...document.querySelectorAll('.article-text [data-field], .article-text figcaption, .text-blocks > *')]
      .map((element) => element.textContent ?? '')
      .join(''),
  )
  await giveVoice(window, voices, 5)
  await button(window, '朗读').click()
  await window.getByRole('checkbox', { name: '读完接下一篇' }).check()
  await window.waitForURL(/\/p3\?/)
  await expect(window.locator('aside.article-pane h2')).not.toHaveText(turned.headline, { timeout: 20_000 })
  await expect(window.getByRole('region', { name: '朗读' })).toBeVisible()
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
  const said = letters((await heardIn(window)).map(({ text }) => text).join(''))
  // Nothing was left out and nothing said twice.
  expect([...said].sort().join('').length).toBeGreaterThanOrEqual(letters(shown).length)
  for (const sentence of letters(shown).match(/.{1,40}/gu) ?? []) expect(said).toContain(sentence.slice(0, 6))
})

test('the machine itself is asked: it reads, or a sentence says what is missing', async ({ start }) => {
  const { window, base } = await openArchive(start)
  await readPage(window, base, `p1?article=${turned.id}`)
  await expect(window.locator('aside.article-pane h2')).toHaveText(turned.headline)
  await window.keyboard.press('v')
  const bar = window.getByRole('region', { name: '朗读' })
  await expect(bar).toBeVisible()
  const outcome = bar.getByRole('alert').or(bar.getByRole('checkbox', { name: '读完接下一篇' }))
  await expect(outcome.first()).toBeVisible({ timeout: 20_000 })
  const alert = bar.getByRole('alert')
  if (await alert.isVisible()) await expect(alert).toContainText(/没有能读这种文字的本地语音|没有出声/)
  await button(window, '停止朗读').click()
  await expect(bar).toHaveCount(0)
})
