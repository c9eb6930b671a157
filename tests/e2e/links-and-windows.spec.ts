import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseDeepLink } from '../../archive/deep-link.ts'
import { sampleArchive, test } from './app.ts'
import { button, goTo, openArchive, readPage, sampleIssue } from './steps.ts'

/** Links to a place, from the command line and from the menu; several windows, each with its own place. */

const root = resolve(import.meta.dirname, '../..')
const { id: identity } = JSON.parse(readFileSync(join(sampleArchive(), 'banmian.json'), 'utf8')) as { id: string }
const issue = sampleIssue('jcrb/2013-01-10/1')
const article = issue.articles.find(({ pages }) => pages[0] === 'p3')!
const label = issue.pages[2]!.label

/** Starts the program again as a browser or a mail program would when a link is followed. */
function follow(profile: string, link: string): Promise<number | null> {
  const switches = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const words = [root, `--user-data-dir=${profile}`, ...switches, link]
  const second = spawn(process.env['BANMIAN_ELECTRON'] ?? '', words, { stdio: 'ignore' })
  return new Promise((ended, failed) => {
    second.on('error', failed)
    second.on('exit', (code) => ended(code))
  })
}

const clipboard = (app: ElectronApplication) => app.evaluate(({ clipboard: board }) => board.readText())
const headline = (window: Page) => window.locator('aside.article-pane h2')

async function nextWindow(app: ElectronApplication, act: () => Promise<unknown>): Promise<Page> {
  const [made] = await Promise.all([app.waitForEvent('window'), act()])
  await made.waitForLoadState('domcontentloaded')
  return made
}

test('a link that was copied leads back to the page, the article, the hits and the part of the page', async ({
  start,
  folder,
}) => {
  const profile = join(folder, 'kept')
  const { app, window, base } = await openArchive(start, undefined, profile)
  const word = article.headline.slice(0, 2)
  await readPage(window, base, `p3?article=${article.id}&q=${encodeURIComponent(word)}`)
  await expect(headline(window)).toHaveText(article.headline)
  for (let step = 0; step < 4; step++) await window.keyboard.press('+')
  await window.waitForURL(/view=/)
  // Until it rests, the address is where the movement is going.
  await window.waitForTimeout(1000)
  await button(window, '带走').click()
  await window.getByRole('menuitem', { name: '复制链接' }).click()
  await expect(window.getByRole('status').filter({ hasText: '链接已复制' })).toBeVisible()
  const link = await clipboard(app)
  const said = parseDeepLink(link)
  expect(said).toMatchObject({ archive: identity, title: 'jcrb', date: '2013-01-10', page: label })
  expect(said).toMatchObject({ article: article.id, q: word })
  expect(said.region!.w).toBeLessThan(1)
  const view = new URL(window.url()).hash

  await goTo(window, '#/')
  expect(await follow(profile, link)).toBe(0)
  await expect(headline(window)).toHaveText(article.headline)
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText(label)
  await expect(window.locator('aside.article-pane mark').first()).toHaveText(word)
  const middle = (hash: string) => {
    const [x = 0, y = 0, w = 0, h = 0] = (/view=([^&]+)/.exec(decodeURIComponent(hash))?.[1] ?? '')
      .split(',')
      .map(Number)
    return [x + w / 2, y + h / 2]
  }
  await expect.poll(() => middle(window.url())[0]).toBeCloseTo(middle(view)[0]!, 1)
  await expect.poll(() => middle(window.url())[1]).toBeCloseTo(middle(view)[1]!, 1)
  expect(app.windows()).toHaveLength(1)
  await app.close()

  // On the command line of the first start, too.
  const again = await start([link], { profile })
  await expect(headline(again.window)).toHaveText(article.headline)
})

test('a hostile link, one into an unknown archive and one to nowhere each say what is wrong', async ({
  start,
  folder,
}) => {
  const profile = join(folder, 'kept')
  const { window } = await openArchive(start, undefined, profile)
  const before = window.url()
  const alert = window.getByRole('alert')
  await follow(profile, 'banmian://../../etc/passwd')
  await expect(alert.filter({ hasText: /链接“banmian:.*无法使用/ })).toBeVisible()
  await follow(profile, 'banmian://ffffffffffffffff/jcrb?name=%E6%B2%81%E9%98%B3')
  await expect(alert.filter({ hasText: '档案“沁阳”（编号 ffffffffffffffff）不在书架上' })).toBeVisible()
  await follow(profile, `banmian://${identity}/jcrb/1901-01-01/01`)
  await expect(alert.filter({ hasText: /没有“jcrb\/1901-01-01\/1”这一期/ })).toBeVisible()
  expect(window.url()).toBe(before)
})

test('a page, an article and a search open in windows of their own, each with its own place', async ({ start }) => {
  const { app, window, base } = await openArchive(start)
  await readPage(window, base, 'p3')
  const second = await nextWindow(app, () => window.keyboard.press('Control+n'))
  await expect(second.locator('.page-link.is-current .page-label')).toHaveText(label)
  await second.keyboard.press('ArrowRight')
  await expect(second.locator('.page-link.is-current .page-label')).toHaveText(issue.pages[3]!.label)
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText(label)
  // How one window is laid out does not move the other.
  await second.keyboard.press('l')
  await expect(second.locator('.page-link')).toHaveCount(0)
  await expect(window.locator('.page-link').first()).toBeVisible()

  const third = await nextWindow(app, () =>
    window
      .locator('.page-link')
      .first()
      .click({ modifiers: ['Control'] }),
  )
  await expect(third).toHaveURL(/\/p1$/)
  const row = window.locator('aside.article-pane ol button').first()
  const name = (await row.locator('.headline').innerText()).trim()
  const fourth = await nextWindow(app, () => row.click({ modifiers: ['Control'] }))
  await expect(headline(fourth)).toHaveText(name)
  await expect(window).toHaveURL(/\/p3$/)

  await window.locator('.zone').first().focus()
  const fifth = await nextWindow(app, () => window.keyboard.press('Control+Enter'))
  await expect(headline(fifth)).toBeVisible()

  await goTo(window, `${base}/search?q=${encodeURIComponent('市')}`)
  await expect(window.locator('.results ol li').first()).toBeVisible()
  const sixth = await nextWindow(app, () => window.keyboard.press('Control+n'))
  await expect(sixth.locator('.results ol li').first()).toBeVisible()
  expect(app.windows()).toHaveLength(6)
  for (const each of app.windows()) expect(each.url()).toMatch(/^app:\/\/ui\/index\.html#\//)
})

test('a window stands where the last one stood, and never where no screen is', async ({ start, folder }) => {
  const profile = join(folder, 'kept')
  const first = await start([], { profile })
  const bounds = { x: 60, y: 40, width: 900, height: 640 }
  const window = await first.app.browserWindow(first.window)
  await window.evaluate((each, to) => each.setBounds(to), bounds)
  await expect.poll(() => window.evaluate((each) => each.getBounds())).toEqual(bounds)
  await first.app.close()
  const second = await start([], { profile })
  const kept = await second.app.browserWindow(second.window)
  await expect.poll(() => kept.evaluate((each) => each.getBounds())).toEqual(bounds)
})
