import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { copySample, test } from './app.ts'
import { smallArchive } from './archives.ts'
import { goTo, openArchive } from './steps.ts'

test('says where every field of an issue and of an article was read, and the file is there', async ({
  start,
  folder,
}) => {
  const archive = copySample(folder)
  const { window } = await start([archive])
  await window.waitForFunction(() => /\/a\/[0-9a-f]{16}/.test(location.hash))
  const base = await window.evaluate(() => /^#\/a\/[0-9a-f]{16}/.exec(location.hash)?.[0] ?? '')

  await goTo(window, `${base}/i/jcrb/2013-01-10/1`)
  await window.locator('main ol li img').first().waitFor()
  const ofIssue = window.getByRole('button', { name: '这一期的来源' })
  await ofIssue.focus()
  await window.keyboard.press('Enter')
  const sheet = window.getByRole('dialog', { name: '这一期的来源' })
  await expect(sheet).toContainText('由“数字报网页”导入')
  await expect(sheet.locator('dt').first()).toHaveText('报名')
  await expect(sheet).toContainText('取自文件名')
  await window.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(ofIssue).toBeFocused()

  await goTo(window, `${base}/r/jcrb/2013-01-10/1/p1?article=100688`)
  await window.locator('aside.article-pane h2').waitFor()
  await window.keyboard.press('Shift+I')
  const ofArticle = window.getByRole('dialog', { name: '这篇稿件的来源' })
  const files = ofArticle.locator('.file')
  const page = files.filter({ hasText: 'content_100688.htm' }).first()
  await expect(page).toContainText('标题')
  await expect(files.filter({ hasText: 'node_41.htm' })).toContainText('位置：content_100688.htm')

  // What is named is the file of the archive, byte for byte what was delivered.
  const path = (await page.locator('.path').textContent()) ?? ''
  const headline = (await window.locator('aside.article-pane h2').textContent()) ?? 'none'
  expect(readFileSync(join(archive, 'data', path), 'utf8')).toContain(headline.trim())
})

test('says where a large issue comes from before it has been read', async ({ start, folder }) => {
  const large = smallArchive(folder, 'large', {
    change: (document) => ({
      ...document,
      articles: [],
      pages: Array.from({ length: 2000 }, (_, copy) => ({
        ...document.pages[0]!,
        id: `p${copy}`,
        renditions: [],
        zones: [],
      })),
    }),
  })
  const { window, base } = await openArchive(start, large)
  await expect(window.locator('aside.day article')).toHaveCount(1)
  // The key is pressed in the moment the first pages stand there; the headlines come when the whole has been read.
  const headlinesThen = window.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const watch = new MutationObserver(() => {
          if (!document.querySelector('main ol li')) return
          watch.disconnect()
          resolve(document.querySelectorAll('.headlines-part').length)
          const key = { key: 'I', code: 'KeyI', shiftKey: true, bubbles: true, cancelable: true }
          document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key))
        })
        watch.observe(document, { childList: true, subtree: true })
      }),
  )
  await goTo(window, `${base}/i/jcrb/2013-01-10/1`)
  expect(await headlinesThen).toBe(0)
  await expect(window.getByRole('dialog', { name: '这一期的来源' })).toContainText('导入')
})
