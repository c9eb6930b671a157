import { expect } from 'playwright/test'
import { test } from './app.ts'
import { smallArchive } from './archives.ts'
import { expectPrepared, goTo, openArchive } from './steps.ts'

/** Text recognition: from a picture of a page to words that are found on it. */

test('the text of a page without is recognised from the card of its archive, and says so', async ({
  start,
  folder,
}) => {
  test.setTimeout(300_000)
  const archive = smallArchive(folder, 'scans', {
    change: (document) => ({
      ...document,
      pages: document.pages
        .slice(0, 1)
        .map(({ text, ...page }) => ({ ...page, zones: [], metadata: { text: text?.file ?? '' } })),
      articles: [],
    }),
  })
  const { window, base } = await openArchive(start, archive)
  await expectPrepared(window)
  await goTo(window, '#/')
  const card = window.locator('article.card').filter({ hasText: 'scans' })
  await card.locator('.more button').click()
  await window.getByText('识别无文字版面的文字（OCR）').click()
  const sheet = window.getByRole('dialog', { name: '识别无文字版面的文字（OCR）' })
  await sheet.getByRole('combobox', { name: '焦城日报' }).selectOption({ label: '简体中文和英文' })
  await sheet.getByRole('button', { name: '开始识别' }).click()
  await goTo(window, '#/jobs')
  const job = window.locator('article.job').first()
  await expect(job).toContainText('识别文字')
  await expect(job.locator('.phase')).toHaveText('已完成', { timeout: 240_000 })

  await goTo(window, `${base}/search?q=${encodeURIComponent('产业集聚')}`)
  await expect(window.locator('.results mark').first()).toBeVisible()
  await goTo(window, `${base}/r/jcrb/2013-01-10/1/p1?article=ocr-p1`)
  await expect(window.locator('.recognised')).toContainText(/版面识别的文字（OCR），可信度 \d\d%/)
  if (process.env['BANMIAN_E2E_SHOTS']) await window.screenshot({ path: `${process.env['BANMIAN_E2E_SHOTS']}/ocr.png` })
})
