import { expect, type Page } from 'playwright/test'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sampleArchive, test } from './app.ts'
import { documentPath, smallArchive } from './archives.ts'
import { answerDialog, button, expectPrepared, goTo, openArchive, openedBase, readPage, sampleIssue } from './steps.ts'

/** Archives as they come: bad, unprepared, read-only, gone, several. */

const issue = 'jcrb/2013-01-10/1'
const other = 'jcwb/2013-01-10/1'

function changeDeclaration(archive: string, change: (text: string) => string): void {
  const file = join(archive, 'banmian.json')
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

const bad = [
  {
    what: 'an empty folder',
    make: (folder: string) => mkdirSync(folder),
    sentence: /文件夹“.*bad”是空的。请选择含有报纸数据的文件夹。/,
  },
  {
    what: 'a folder that is no archive',
    make: (folder: string) => {
      mkdirSync(folder)
      writeFileSync(join(folder, 'letter.txt'), '…')
    },
    sentence: /“.*bad”不是版面档案。/,
  },
  {
    what: 'an archive of a newer format',
    make: (_folder: string, parent: string) =>
      changeDeclaration(smallArchive(parent, 'bad'), (text) => text.replace('"version":1', '"version":2')),
    sentence: /“.*”的格式版本是 2，本程序只认识到版本 1。/,
  },
  {
    what: 'an archive whose declaration is cut off',
    make: (_folder: string, parent: string) =>
      changeDeclaration(smallArchive(parent, 'bad'), (text) => text.slice(0, text.length / 2)),
    sentence: /文件“.*banmian\.json”已损坏：/,
  },
]

for (const { what, make, sentence } of bad) {
  test(`${what} is refused with a sentence, and another archive opens`, async ({ start, folder }) => {
    const place = join(folder, 'bad')
    make(place, folder)
    const before = readdirSync(place, { recursive: true }).sort()
    const { app, window } = await start()
    await answerDialog(app, place)
    await button(window, '打开档案…').click()
    const notice = window.getByRole('alert')
    await expect(notice).toContainText(sentence)
    await notice.getByRole('button', { name: '关闭' }).click()
    await expect(notice).toHaveCount(0)
    expect(readdirSync(place, { recursive: true }).sort()).toEqual(before)

    await answerDialog(app, sampleArchive())
    await button(window, '打开档案…').click()
    await openedBase(window)
    await expect(window.locator('nav.titles')).toContainText('焦城日报')
  })
}

test('what the command line names and cannot be opened is said at the start', async ({ start, folder }) => {
  const { window } = await start([join(folder, 'nowhere')])
  await expect(window.getByRole('alert')).toContainText(/找不到“.*nowhere”/)
  await expect(window.locator('.empty h2')).toHaveText('书架还是空的')
})

test('an unprepared archive is prepared in the background and can be read', async ({ start, folder }) => {
  const archive = smallArchive(folder, 'fresh', { issues: [issue, other] })
  const { app, window } = await start()
  await window.evaluate(() => {
    const phases: string[] = []
    Object.assign(globalThis, { phases })
    globalThis.window.banmian.on('job.progress', (job) => phases.push((job as { phase: string }).phase))
  })
  await answerDialog(app, archive)
  await button(window, '打开档案…').click()
  await openedBase(window)
  await expectPrepared(window)
  const phases = await window.evaluate(() =>
    (globalThis as unknown as { phases: string[] }).phases.filter((one) => one !== 'waiting'),
  )
  expect([...new Set(phases)]).toEqual(['reading', 'catalogue', 'index', 'pictures', 'done'])

  await expect(window.locator('nav.titles')).toContainText('焦城日报')
  await expect(window.locator('aside.day article h3')).toHaveText(['焦城日报', '焦城晚报'])
  await expect
    .poll(() =>
      window.locator('aside.day img').evaluateAll((all: HTMLImageElement[]) => all.map((one) => one.naturalWidth)),
    )
    .toEqual([320, 320])
  const base = await openedBase(window)
  await readPage(window, base, 'p1')
  await goTo(window, `${base}/search?q=${encodeURIComponent('产业')}`)
  await expect(window.locator('.results mark').first()).toHaveText('产业')
  expect(existsSync(join(archive, 'derived/catalogue.sqlite'))).toBe(true)
})

test('an issue whose document is cut off is said where it is opened, the others are read', async ({
  start,
  folder,
}) => {
  const archive = smallArchive(folder, 'cut', { issues: [issue, other] })
  truncateSync(join(archive, documentPath(other)), 400)
  const { window, base } = await openArchive(start, archive)
  await expectPrepared(window)
  await goTo(window, `${base}/i/${other}`)
  const notice = window.locator('main').getByRole('alert')
  await expect(notice).toContainText(/文件“.*2013-01-10_01\.json”已损坏：.*其余内容仍可阅读/)
  await readPage(window, base, 'p1')
})

test('a page whose files are missing is shown as text with the reason', async ({ start, folder }) => {
  const archive = smallArchive(folder, 'holes')
  const page = sampleIssue(issue).pages[1]!
  for (const { file } of page.renditions) rmSync(join(archive, 'data', file))
  const { window, base } = await openArchive(start, archive)
  await expectPrepared(window)
  await goTo(window, `${base}/r/${issue}/p2`)
  await expect(window.locator('.page-text .reason')).toContainText('缺少文件“')
  const article = sampleIssue(issue).articles.find(({ pages, kind }) => pages[0] === 'p2' && kind === 'article')!
  await expect(window.locator('.page-text')).toContainText(article.headline)
  await window.keyboard.press('ArrowRight')
  await expect(window.locator('.page-link.is-current .page-label')).toHaveText('03')
  await expect(window.locator('.page-text')).toHaveCount(0)
  await readPage(window, base, 'p1')
})

test('a picture that cannot be decoded leaves the text of its page', async ({ start, folder }) => {
  const archive = smallArchive(folder, 'noise')
  const page = sampleIssue(issue).pages[1]!
  for (const { file } of page.renditions) writeFileSync(join(archive, 'data', file), 'no picture at all')
  const { window, base } = await openArchive(start, archive)
  await expectPrepared(window)
  await goTo(window, `${base}/r/${issue}/p2`)
  await expect(window.locator('.page-text .reason')).toContainText(/无法(解码|解析|显示)/)
  await readPage(window, base, 'p1')
})

const card = (window: Page, name: string) => window.locator('article.card', { hasText: name })

test('an archive that went away stays on the shelf and comes back', async ({ start, folder }) => {
  const archive = smallArchive(folder, 'travels')
  const profile = join(folder, 'kept')
  const first = await openArchive(start, archive, profile)
  await expectPrepared(first.window)
  await first.app.close()
  renameSync(archive, `${archive}-away`)

  const { window } = await start([], { profile })
  await expect(card(window, 'travels')).toContainText('现在不在')
  await expect(card(window, 'travels').getByRole('alert')).toContainText(/找不到“.*travels”/)
  await expect(card(window, 'travels')).toContainText('焦城日报')
  renameSync(`${archive}-away`, archive)
  await card(window, 'travels').getByRole('button', { name: '重新检查' }).click()
  await expect(card(window, 'travels')).toContainText('可以阅读')
  await card(window, 'travels').locator('a.main').click()
  await openedBase(window)
  await expect(window.locator('aside.day article')).toHaveCount(1)
})

test('two archives stand on the shelf; one is taken off and its files stay', async ({ start, folder }) => {
  const archive = smallArchive(folder, 'second')
  const { app, window } = await openArchive(start)
  await answerDialog(app, archive)
  await window.keyboard.press('Control+o')
  await expectPrepared(window)
  await goTo(window, '#/')
  await expect(window.locator('article.card')).toHaveCount(2)
  await card(window, 'second').locator('.more button').click()
  await window.getByRole('menuitem', { name: '从书架移除（不删除文件）' }).click()
  await expect(window.locator('article.card')).toHaveCount(1)
  await expect(card(window, '焦城报业示例')).toHaveCount(1)
  expect(existsSync(join(archive, documentPath(issue)))).toBe(true)
})

test('an archive that cannot be written keeps its derived data in the profile', async ({ start, folder }) => {
  test.skip(process.getuid?.() === 0, 'root writes everywhere')
  const archive = smallArchive(folder, 'locked')
  chmodSync(archive, 0o555)
  const { window, base, profile } = await openArchive(start, archive)
  await expectPrepared(window)
  await readPage(window, base, 'p1')
  await goTo(window, `${base}/search?q=${encodeURIComponent('产业')}`)
  await expect(window.locator('.results mark').first()).toHaveText('产业')
  expect(existsSync(join(archive, 'derived'))).toBe(false)
  expect(readdirSync(join(profile, 'derived'))).toHaveLength(1)
  chmodSync(archive, 0o755)
})
