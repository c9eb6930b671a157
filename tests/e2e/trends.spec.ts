import { expect, type ElectronApplication } from 'playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from './app.ts'
import { smallArchive } from './archives.ts'
import { button, goTo, openArchive, openedBase, sampleIssues } from './steps.ts'

/** How often words stood in the papers: a chart that is walked by key, and leaves as CSV and SVG. */

async function saveAs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
}

const asked = (base: string) =>
  `${base}/trends?q=${encodeURIComponent('产业')}&q=${encodeURIComponent('检察')}&unit=month`

test('the chart is walked by key, opens the articles of a point, and is saved as figures and as a drawing', async ({
  start,
  folder,
}) => {
  const { app, window, base } = await openArchive(start)
  await goTo(window, asked(base))
  const points = window.getByRole('listbox', { name: /图上的点/ })
  await points.focus()
  await window.keyboard.press('Home')
  const here = window.locator('#trend-point')
  await expect(here).toHaveAttribute('aria-label', /^产业，/)
  await window.keyboard.press('ArrowDown')
  await expect(here).toHaveAttribute('aria-label', /^检察，/)
  await window.keyboard.press('ArrowUp')
  await window.keyboard.press('End')
  const said = (await here.getAttribute('aria-label'))!
  const [, period = '', count = ''] = /，(\d{4}-\d{2})：(\d+) 篇/.exec(said)!

  const csv = join(folder, 'trends.csv')
  await saveAs(app, csv)
  await button(window, '存为 CSV…').click()
  await expect(window.getByText('已保存：trends.csv')).toBeVisible()
  const issues = sampleIssues().filter(({ date }) => date.startsWith(period))
  const row = readFileSync(csv, 'utf8')
    .split('\r\n')
    .find((line) => line.startsWith(period))!
  expect(row.split(',').slice(0, 3)).toEqual([
    period,
    String(issues.length),
    String(issues.flatMap(({ articles }) => articles).length),
  ])
  expect(row.split(',')[4]).toBe(count)

  const svg = join(folder, 'trends.svg')
  await saveAs(app, svg)
  await button(window, '存为 SVG…').click()
  await expect(window.getByText('已保存：trends.svg')).toBeVisible()
  const drawing = readFileSync(svg, 'utf8')
  const shown = await window.evaluate((source) => {
    const document = new DOMParser().parseFromString(source, 'image/svg+xml')
    return { broken: document.querySelector('parsererror')?.textContent, texts: document.documentElement.textContent }
  }, drawing)
  expect(shown.broken).toBeUndefined()
  expect(shown.texts).toContain('产业')

  await points.focus()
  await window.keyboard.press('Enter')
  await window.waitForURL(/\/search\?/)
  await expect(window.locator('.results mark').first()).toHaveText('产业')
  expect(new URL(window.url().replace('#/', '')).searchParams.get('from')).toBe(`${period}-01`)
})

test('a chart asked for while the archive is being prepared appears when that is done', async ({ start, folder }) => {
  const archive = smallArchive(folder, 'young', { issues: ['jcrb/2013-01-09/1', 'jcrb/2013-01-10/1'] })
  const running = await start([archive])
  const base = await openedBase(running.window)
  await goTo(running.window, asked(base))
  await expect(running.window.locator('.trend-chart .dot').first()).toBeVisible({ timeout: 30_000 })
  await expect(running.window.getByRole('alert')).toHaveCount(0)
})
