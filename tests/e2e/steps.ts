import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IssueDocument } from '../../archive/model.ts'
import { sampleArchive, type RunningApp } from './app.ts'

/** What a person does in many tests, by the words on the screen. */

type Start = (words?: string[], options?: { profile?: string }) => Promise<RunningApp>

/** The app with an archive open at its calendar. `base`: hash of the archive. */
export async function openArchive(
  start: Start,
  archive = sampleArchive(),
  profile?: string,
): Promise<RunningApp & { base: string }> {
  const running = await start([archive], profile === undefined ? {} : { profile })
  return { ...running, base: await openedBase(running.window) }
}

/** Waits until an archive is open and shows a title, so that nothing moves any more; answers `#/a/<archive>`. */
export async function openedBase(window: Page): Promise<string> {
  await window.waitForURL(/#\/a\/[0-9a-f]{16}\/./)
  return /#\/a\/[0-9a-f]{16}/.exec(window.url())![0]
}

/** Goes to an address of the interface, when there is one: a window that is still loading would forget it. */
export async function goTo(window: Page, hash: string): Promise<void> {
  await window.locator('#app > *').first().waitFor()
  await window.evaluate((to) => {
    location.hash = to
  }, hash)
}

/** Opens a page of the sample archive in the reader and waits until its picture is drawn. */
export async function readPage(window: Page, base: string, page: string, issue = 'jcrb/2013-01-10/1'): Promise<void> {
  await goTo(window, `${base}/r/${issue}/${page}`)
  await expect(window.locator('.page-link.is-current')).toBeVisible()
  await pageDrawn(window)
}

/** Waits until a page with its zones is drawn in the reader, also where its rail has no room; `least`: bytes, of a small page. */
export async function pageDrawn(window: Page, least = 30_000): Promise<void> {
  await window.locator('.zone').first().waitFor({ state: 'attached' })
  await expect.poll(() => inkOf(window), 'the page is drawn').toBeGreaterThan(least)
}

/** How much there is to see on the desk, in bytes of a picture of it: a blank sheet compresses to next to nothing. */
async function inkOf(window: Page): Promise<number> {
  const box = await window.locator('.page-canvas .sheet').boundingBox()
  if (!box) return 0
  const { width, height, x, y } = box
  const clip = { x: x + width / 4, y: y + height / 8, width: width / 2, height: height / 2 }
  return (await window.screenshot({ clip })).byteLength
}

/** The enlargement that the reader shows, in percent. */
export async function percentOf(window: Page): Promise<number> {
  return Number.parseInt((await window.locator('.reader-bar output').textContent()) ?? '', 10)
}

/** Makes the inside of the first window as large as wanted, or as near as the system lets it. */
export async function resize(app: ElectronApplication, window: Page, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const [first] = BrowserWindow.getAllWindows()
      first?.setMinimumSize(1, 1)
      first?.setContentSize(...size)
    },
    [width, height] as [number, number],
  )
  await window.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height])
}

/** Selects characters of the first paragraph of the article that is read. */
export async function selectWords(window: Page, start: number, end: number): Promise<void> {
  await window
    .locator('.article-text .text-blocks p')
    .first()
    .evaluate(
      (element, [from, to]) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
        let text = walker.nextNode() as Text
        while (text.length < to!) text = walker.nextNode() as Text
        const range = document.createRange()
        range.setStart(text, from!)
        range.setEnd(text, to!)
        getSelection()?.removeAllRanges()
        getSelection()?.addRange(range)
      },
      [start, end],
    )
}

/** The system's dialog answers with this path from now on. */
export async function answerDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)
}

/** Waits until the background work is done, as the line at the bottom says. */
export async function expectPrepared(window: Page): Promise<void> {
  const jobs = window.getByRole('complementary', { name: '进行中的工作' })
  // Pictures of forty pages, on a machine that has other work: a minute and more.
  await expect(jobs).toContainText('已完成', { timeout: 90_000 })
}

/** A button by its whole name. */
export function button(window: Page, name: string) {
  return window.getByRole('button', { name, exact: true })
}

/** Takes the complaints that a test provoked on purpose out of the list; there has to be one. */
export function expectComplaint({ complaints }: Pick<RunningApp, 'complaints'>, pattern: RegExp): void {
  const others = complaints.filter((text) => !pattern.test(text))
  expect(others.length, `complaints like ${pattern} among ${complaints.join('\n')}`).toBeLessThan(complaints.length)
  complaints.splice(0, complaints.length, ...others)
}

/** One issue document of the sample archive. */
export function sampleIssue(issue: string): IssueDocument {
  const [title = '', date = '', edition = ''] = issue.split('/')
  const name = `${date}_${edition.padStart(2, '0')}.json`
  const file = join(sampleArchive(), 'data/issues', title, date.slice(0, 4), name)
  return JSON.parse(readFileSync(file, 'utf8')) as IssueDocument
}

/** Every issue document of the sample archive. */
export function sampleIssues(): IssueDocument[] {
  const folder = join(sampleArchive(), 'data/issues')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as IssueDocument)
}
