import { expect } from 'playwright/test'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { IssueDocument } from '../../archive/model.ts'
import { hostileSources } from '../fixtures/hostile-sources.ts'
import { test, type RunningApp } from './app.ts'
import { canary, socketsOf } from './canary.ts'
import { ask, startKiosk } from './kiosk.ts'
import { button, goTo, openArchive } from './steps.ts'

/** What was made to call home is opened, read and searched; a server listens whether anybody calls. */

const program = resolve(import.meta.dirname, '../../out/main/banmian.cjs')

/** An archive of scripts and addresses: in a mirror's HTML and SVG, in the words of a day's JSON, and in Markdown. */
function hostileArchive(folder: string, address: string): string {
  const scripts = hostileSources(address, 0).find(({ name }) => name.startsWith('scripts and addresses'))!
  const bait = `<img src="${address}/l.png" onerror="fetch('${address}/m')"><script>fetch('${address}/n')</script>`
  const days = join(folder, 'days')
  mkdirSync(days)
  const article = {
    title: `诱饵${bait}`,
    author: bait,
    content: `正文。${bait}`,
    images: [{ url: `${address}/o.png` }],
  }
  const day = { date: '2013-03-01', name: `${bait}报`, pages: [{ name: `要闻${bait}`, articles: [article] }] }
  writeFileSync(join(days, '2013-03-01.json'), JSON.stringify(day))
  writeFileSync(join(days, '2013-03-02.md'), `# 诱饵\n\n![画](${address}/p.png) [链](${address}/q)\n\n${bait}\n`)
  const archive = join(folder, 'hostile')
  execFileSync(process.execPath, [program, 'import', scripts.write(folder), days, archive], { stdio: 'ignore' })
  return archive
}

/** `/r/TITLE/DATE/EDITION/PAGE?article=…` of the first page and article of every issue. */
function pagesOf(archive: string): string[] {
  const issues = join(archive, 'data/issues')
  const documents = readdirSync(issues, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  expect(documents.length).toBeGreaterThanOrEqual(3)
  return documents.map((name) => {
    const { title, date, edition, pages, articles } = JSON.parse(
      readFileSync(join(issues, name), 'utf8'),
    ) as IssueDocument
    return `/r/${title.id}/${date}/${edition}/${pages[0]!.id}?article=${articles[0]!.id}`
  })
}

async function expectSilence({ app, window }: RunningApp, hits: () => number): Promise<void> {
  if (process.platform === 'linux') expect(await socketsOf(app)).toEqual([])
  expect(hits()).toBe(0)
  expect(
    await window.evaluate(() => document.querySelectorAll('main iframe, main script, main [onerror]').length),
  ).toBe(0)
}

test('hostile content is read and searched, and nobody is called', async ({ start, folder }) => {
  const bird = await canary()
  const archive = hostileArchive(folder, `http://127.0.0.1:${bird.port}`)
  const running = await openArchive(start, archive)
  const { window, base } = running
  for (const place of pagesOf(archive)) {
    await goTo(window, `${base}${place}`)
    await expect(window.locator('.page-link.is-current')).toBeVisible()
    await expect(window.locator('aside.article-pane h2').first()).toBeVisible()
    await expectSilence(running, () => bird.hits)
  }
  await goTo(window, `${base}/search?q=${encodeURIComponent('诱饵')}`)
  await expect(window.locator('.results mark').first()).toHaveText('诱饵')
  await expectSilence(running, () => bird.hits)
  bird.close()
})

test('nor from the reading-room screen', async ({ start, folder }) => {
  const bird = await canary()
  const archive = hostileArchive(folder, `http://127.0.0.1:${bird.port}`)
  const running = await startKiosk(start, folder, { archives: [archive] })
  const { window } = running
  await window.locator('.attract').click({ position: { x: 300, y: 300 } })
  const [{ id } = { id: '' }] = (await ask(window, 'library', 'list')) as { id: string }[]
  for (const place of pagesOf(archive)) {
    await goTo(window, `#/a/${id}${place}`)
    await expect(window.locator('.page-strip [aria-current]')).toBeVisible()
    await expect(window.locator('.article-sheet h2')).toBeVisible()
    await expectSilence(running, () => bird.hits)
  }
  await expect(button(window, '结束')).toBeVisible()
  bird.close()
})
