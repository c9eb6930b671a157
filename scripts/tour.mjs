/**
 * Walks through the main job as a person would, in the real app, and leaves a picture of each step in out/tour/ with a
 * line that says what it shows. `node scripts/tour.mjs ARCHIVE [sample|given] [PACKAGED-APP]`; any step that fails ends
 * it with 1. A packaged app has its inspector fused off, so it is driven through the browser's own debugging port.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, chromium } from 'playwright'
import { electronSwitches } from './display.mjs'
import { ensureElectron } from './electron-runtime.mjs'
import { root } from './setup.mjs'

const [archive, kind, packaged] = process.argv.slice(2)
const out = join(root, 'out/tour')
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const profile = mkdtempSync(join(tmpdir(), 'banmian-tour-'))
const electron = ensureElectron()
const patience = 30_000

const env = { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' }
const words = [`--user-data-dir=${profile}`, ...electronSwitches(), archive]

async function launch() {
  if (!packaged) {
    const app = await _electron.launch({ executablePath: electron.executable, args: [root, ...words], env })
    return { window: await app.firstWindow(), close: () => app.close() }
  }
  const child = spawn(packaged, ['--remote-debugging-port=0', ...words], {
    env,
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const address = await new Promise((resolve, reject) => {
    let text = ''
    child.stderr.on('data', (chunk) => {
      text += chunk
      const [, found] = /DevTools listening on (ws:\S+)/.exec(text) ?? []
      if (found) resolve(found)
    })
    child.on('exit', (code) => reject(new Error(`the packaged app ended with ${code}:\n${text}`)))
  })
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  const window = context.pages()[0] ?? (await context.waitForEvent('page'))
  const ended = new Promise((resolve) => child.once('close', resolve))
  return {
    window,
    close: async () => {
      child.kill()
      await ended
    },
  }
}

const { window, close } = await launch()
window.setDefaultTimeout(patience)
const lines = []
const troubles = []
window.on('pageerror', (error) => troubles.push(error.stack ?? error.message))
window.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))

async function picture(name, text) {
  // Pictures of pages come by their own protocol: what is in view has to be there before the camera.
  await window.waitForFunction(() =>
    [...document.images].every((image) => {
      const { top, bottom } = image.getBoundingClientRect()
      return image.complete || bottom < 0 || top > innerHeight
    }),
  )
  await window.waitForTimeout(600)
  const file = `${String(lines.length + 1).padStart(2, '0')}-${name}.png`
  await window.screenshot({ path: join(out, file) })
  lines.push(`${file}  ${text}`)
  process.stdout.write(`${file}  ${text}\n`)
}

const button = (name) => window.getByRole('button', { name, exact: true }).first()
const percent = async () =>
  Number.parseInt((await window.locator('.reader-bar output').first().textContent()) ?? '', 10)

async function expectThat(text, is) {
  const until = Date.now() + patience
  while (!(await is())) {
    if (Date.now() > until) throw new Error(`expected: ${text}`)
    await window.waitForTimeout(100)
  }
}

function note(text) {
  lines.push(text)
  process.stdout.write(`${text}\n`)
}

/** The issue of the first title with most articles, as `TITLE/DATE/EDITION`. */
async function fullestIssue(base) {
  return window.evaluate(
    async (archive) => {
      const ask = async (reply) => (await reply).value
      const { titles } = await ask(globalThis.banmian.call.library.open({ archive }))
      const issues = await ask(globalThis.banmian.call.issues.ofTitle({ archive, title: titles[0].id }))
      const [fullest] = issues.sort((one, other) => other.articles - one.articles)
      return `${fullest.title}/${fullest.date}/${fullest.edition}`
    },
    base.slice(base.lastIndexOf('/') + 1),
  )
}

async function walk() {
  await window.waitForURL(/#\/a\/[0-9a-f]{16}/)
  await window.locator('aside.day img, .day').first().waitFor()
  const base = new URL(window.url()).hash.match(/^#\/a\/[0-9a-f]{16}/)[0]

  await window.evaluate(() => (location.hash = '#/'))
  await window.locator('.archive-card, article').first().waitFor()
  await picture('library', 'The library: the archive with its titles, years and front pages')

  await window.evaluate((hash) => (location.hash = hash), base)
  await window.locator('aside.day').waitFor()
  await picture('calendar', 'The calendar of a title, and the issues of one day beside it')

  const issue = kind === 'sample' ? 'jcrb/2013-01-10/1' : await fullestIssue(base)
  await window.evaluate((hash) => (location.hash = hash), `${base}/i/${issue}`)
  await window.waitForURL(/\/i\//)
  await window.locator('main ol li').first().waitFor()
  await picture('thumbnails', 'An issue: thumbnails of its pages with label and name, and its headlines')

  await window.locator('main ol li a, main ol li button').first().click()
  await window.waitForURL(/\/r\//)
  const hasPicture = await window
    .locator('.openseadragon-canvas canvas')
    .first()
    .waitFor({ timeout: 8000 })
    .then(
      () => true,
      () => false,
    )
  await picture('page-fitted', 'The reader: the page fitted, pages at the left')
  if (hasPicture) {
    const fitted = await percent()
    await button('放大').click()
    await button('放大').click()
    await expectThat('放大 enlarges the page', async () => (await percent()) > fitted)
    await picture('page-enlarged', 'The page enlarged with 放大')
    await button('默认').click()
    await expectThat('默认 shows the page as at first', async () => (await percent()) === fitted)
    await picture('page-reset', 'The page after 默认, as at first')
  }

  const zone = window.locator('[role=link]').first()
  const choice = window.locator('aside.article-pane .choice button').first()
  if ((await zone.count()) > 0) {
    await zone.focus()
    await picture('zone', `A hot zone outlined: ${(await zone.getAttribute('aria-label')) || 'the text of the page'}`)
    await window.keyboard.press('Enter')
  } else if ((await choice.count()) > 0) await choice.click()
  else return note('This archive has no text: nothing to read beside its pages or to search')
  await window.locator('aside.article-pane p').first().waitFor()
  await picture('article', 'The article beside its page')
  const before = await window.evaluate(() => getComputedStyle(document.querySelector('aside.article-pane p')).fontSize)
  for (let time = 0; time < 3; time += 1)
    await window
      .getByRole('button', { name: /放大正文/ })
      .first()
      .click()
  await expectThat('放大正文 enlarges the text', async () => {
    const now = await window.evaluate(() => getComputedStyle(document.querySelector('aside.article-pane p')).fontSize)
    return Number.parseFloat(now) > Number.parseFloat(before)
  })
  await picture('article-enlarged', 'The text enlarged')

  const paragraphs = await window.locator('aside.article-pane p').allInnerTexts()
  const text = paragraphs.sort((one, other) => other.length - one.length)[0] ?? ''
  const words = kind === 'sample' ? '产业集聚区' : /\p{Script=Han}{4}|[A-Za-z]{6,}/u.exec(text)?.[0]
  if (!words) return note('The text of this page has no word to search for')
  await window.keyboard.press('/')
  await window.keyboard.type(words)
  await window.keyboard.press('Enter')
  await window.waitForURL(/\/search/)
  await window.locator('mark').first().waitFor()
  await picture('search', `Search: articles that contain ${words}, newest first, with their place on the page`)
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('Enter')
  await window.waitForURL(/\/r\//)
  await window.locator('.hit-pill').waitFor()
  await picture('hit', `A hit on its page: the zone that holds ${words} is marked`)

  await window.keyboard.press('?')
  await picture('keys', 'All keys')
  await window.keyboard.press('Escape')
  await window.keyboard.press('Control+k')
  await window.locator('dialog[open] [role=option]').first().waitFor()
  await picture('palette', 'The command palette: what can be done here, and where one can go')
  await window.keyboard.press('Escape')
  for (const [name, settings] of [
    ['english-dark', { language: 'en', theme: 'dark' }],
    ['sepia', { language: 'zh-Hant', theme: 'sepia' }],
  ]) {
    await window.evaluate((change) => globalThis.banmian.call.settings.change(change), settings)
    await window.waitForTimeout(500)
    await picture(name, `The same place, ${settings.language}, ${settings.theme}`)
  }
  await window.evaluate((change) => globalThis.banmian.call.settings.change(change), {
    language: 'zh-Hans',
    theme: 'light',
  })
  await window.evaluate(() => (location.hash = '#/settings'))
  await window.locator('fieldset').first().waitFor()
  await picture('settings', 'Settings: one page with a search')
}

let failure
try {
  await walk()
  if (troubles.length > 0) throw new Error(`the interface complained:\n${troubles.join('\n')}`)
} catch (error) {
  failure = error
  await window.screenshot({ path: join(out, 'failed.png') }).catch(() => undefined)
}
await close()
rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
writeFileSync(join(out, 'README.txt'), `${lines.join('\n')}\n`)
if (failure) {
  process.stderr.write(`The tour failed after ${lines.length} steps (${window.url()}): ${failure.stack ?? failure}\n`)
  process.exit(1)
}
process.stdout.write(`The tour is done: ${lines.length} pictures in ${out}, Electron ${electron.version}\n`)
