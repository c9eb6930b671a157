import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import decodeQR from 'qr/decode.js'
import { expect, type Locator, type Page } from 'playwright/test'
import type { IssueDocument } from '../../archive/model.ts'
import { test } from './app.ts'
import { smallArchive } from './archives.ts'
import { glide, hand, type Finger } from './fingers.ts'
import { startKiosk } from './kiosk.ts'

/** The reading-room screen under a visitor's finger. */

/** Where pictures of every screen go, to be looked at; none are taken without. */
const pictures = process.env['BANMIAN_KIOSK_PICTURES']

function dayBefore(days: number): string {
  const now = new Date()
  const day = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - days))
  return day.toISOString().slice(0, 10)
}

/** Issues of today, yesterday and this day in another year, that tell of 北京. */
function paperOfThisWeek(folder: string): string {
  const dates: Record<string, string> = {
    '2013-01-10': dayBefore(0),
    '2013-01-09': dayBefore(1),
    '2013-01-08': `${Number(dayBefore(0).slice(0, 4)) - 12}${dayBefore(0).slice(4)}`,
  }
  const change = (document: IssueDocument): IssueDocument => ({
    ...document,
    date: dates[document.date]!,
    articles: document.articles.map((article) => ({
      ...article,
      // Of the same length: the printed lines stay where they are.
      blocks: article.blocks.map((block) => ({ ...block, text: block.text.replaceAll('焦城', '北京') })),
    })),
  })
  const issues = Object.keys(dates).map((date) => `jcrb/${date}/1`)
  const archive = smallArchive(folder, '北京报业', { issues, change })
  const program = resolve(import.meta.dirname, '../../out/main/banmian.cjs')
  execFileSync(process.execPath, [program, 'prepare', archive], { stdio: 'ignore' })
  return archive
}

/** A picture of the screen when nothing moves any more. */
async function picture(window: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await window.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))))
  await window.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Where something is once it stands still. */
async function placeOf(target: Locator) {
  const at = async () => JSON.stringify(await target.boundingBox())
  let before = ''
  await expect
    .poll(async () => {
      const now = await at()
      const still = now === before
      before = now
      return still
    })
    .toBe(true)
  return (await target.boundingBox())!
}

/** Everything that can be pressed and is smaller than a fingertip. */
function smallTargets(window: Page): Promise<string[]> {
  return window.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a[href], input, [role=button]')]
      .filter((each) => !each.closest('[inert], dialog:not([open]), .article-text'))
      .flatMap((each) => {
        const { width, height } = each.getBoundingClientRect()
        return width > 0 && (width < 44 || height < 44) ? [`${each.outerHTML.slice(0, 80)} ${width}×${height}`] : []
      }),
  )
}

const screens = [
  { name: 'portrait', width: 1080, height: 1920, seldom: false },
  { name: 'landscape', width: 1920, height: 1080, seldom: true },
  { name: 'small', width: 1024, height: 600, seldom: false },
]

for (const { name, width, height } of screens.filter(({ seldom }) => !seldom || pictures !== undefined)) {
  test(`a finger finds yesterday’s paper, reads, enlarges, searches 北京 and takes a citation home, ${name}`, async ({
    start,
    folder,
  }) => {
    const { window } = await startKiosk(start, folder, { archives: [paperOfThisWeek(folder)] })
    const { session, tap, tapAt } = await hand(window)
    await window.setViewportSize({ width, height })
    const look = async (what: string) => {
      await picture(window, `${name}-${what}`)
      expect.soft(await smallTargets(window), what).toEqual([])
      const beyond = await window.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(beyond, `${what} is as wide as the screen`).toBeLessThanOrEqual(0)
    }
    const bar = (text: string) => window.locator('.bottom-bar').getByText(text)

    // The first touch only wakes, wherever it lands.
    await window.locator('.attract img').first().waitFor()
    await look('attract')
    await tapAt({ x: width / 2, y: height / 3 })
    await window.locator('.cover-card img').first().waitFor()
    await expect(window.locator('.start')).toBeVisible()
    await look('start')

    await tap(window.getByText('昨天的报纸'))
    await expect(window.locator('.issue li')).toHaveCount(8)
    await look('issue')
    await tap(window.locator('.issue li a').first())
    await window.locator('.zone').first().waitFor({ state: 'attached' })
    await expect(window.locator('.page-canvas canvas:not(.first-sight)')).toBeVisible()
    await look('page')

    // Two fingers enlarge the page; a swipe at its whole size turns it, and back.
    const box = (await window.locator('.page-host').boundingBox())!
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const current = window.locator('.page-strip [aria-current]')
    await glide(session, [{ ...middle, x: middle.x + 130 }], [{ ...middle, x: middle.x - 130 }])
    await expect(current).toHaveText('02')
    await glide(session, [{ ...middle, x: middle.x - 130 }], [{ ...middle, x: middle.x + 130 }])
    await expect(current).toHaveText('01')
    const apart = (gap: number): Finger[] => [
      { ...middle, x: middle.x - gap },
      { ...middle, x: middle.x + gap },
    ]
    await glide(session, apart(40), apart(140))
    await expect(window.getByRole('button', { name: '默认' })).toBeEnabled()
    await look('enlarged')
    await tap(window.getByRole('button', { name: '默认' }))
    await expect(window.getByRole('button', { name: '默认' })).toBeDisabled()

    // A tap on an article opens it; its text grows.
    const zone = await placeOf(window.locator('.zone').first())
    await tapAt({ x: zone.x + zone.width / 2, y: zone.y + zone.height / 2 })
    const headline = window.locator('.article-sheet h2')
    await expect(headline).toBeVisible()
    const usual = await headline.evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize))
    await tap(window.getByRole('button', { name: '字大些' }))
    await expect
      .poll(() => headline.evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize)))
      .toBeGreaterThan(usual)
    await look('article')
    await tap(window.getByRole('button', { name: '看版面' }))
    await expect(headline).toBeHidden()
    await expect(current).toHaveText('01')

    // 北京 by pinyin on the screen.
    await tap(bar('搜索'))
    const key = (label: string) => window.locator('.kiosk-keys .hg-button', { hasText: new RegExp(`^${label}$`) })
    await key('q').waitFor()
    for (const letter of 'beijing') await tap(key(letter))
    const candidate = window.locator('.candidate-bar').getByRole('button', { name: '北京', exact: true })
    await expect(candidate).toBeVisible()
    await look('pinyin')
    await tap(candidate)
    await expect(window.getByRole('textbox')).toHaveValue('北京')
    await tap(key('搜索'))
    const hits = window.locator('.found li')
    await expect(hits.first().locator('mark').first()).toHaveText('北京')
    await expect(window.locator('.on-screen-keyboard')).toBeHidden()
    await look('found')
    await tap(hits.first().locator('strong'))
    await expect(window.locator('.article-sheet mark').first()).toHaveText('北京')

    // Its reference goes home as a code that a camera reads.
    await tap(window.getByRole('button', { name: '带走本文' }))
    await expect(window.getByRole('status').filter({ hasText: '已加入' })).toBeVisible()
    await tap(bar('带走 1'))
    await look('take')
    await tap(window.getByRole('button', { name: '用手机扫码' }))
    await expect(window.locator('.code path')).toBeVisible()
    await look('code')
    const words = await window.locator('.code-sheet .words').textContent()
    expect(words).toContain('焦城日报')
    expect(await readCode(window)).toBe(words)
    await tap(window.getByRole('button', { name: '扫好了' }))
    await expect(window.getByText('还没有选中任何内容')).toBeVisible()
    await tap(bar('帮助'))
    await look('help')
    await tap(bar('选日期'))
    await window.locator('.days button:enabled').first().waitFor()
    await look('calendar')
  })
}

/** What a camera would read from the code on the screen. */
async function readCode(window: Page): Promise<string> {
  const data = await window.locator('.code').screenshot()
  const pixels = await window.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (each) => each.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
    context.drawImage(bitmap, 0, 0)
    const { width, height, data: all } = context.getImageData(0, 0, bitmap.width, bitmap.height)
    return { width, height, data: [...all] }
  }, data.toString('base64'))
  return decodeQR({ ...pixels, data: Uint8Array.from(pixels.data) })
}
