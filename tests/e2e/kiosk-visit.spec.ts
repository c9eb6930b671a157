import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from './app.ts'
import { ask, startKiosk } from './kiosk.ts'
import { goTo } from './steps.ts'

/** A visit ends, and nothing of it is left. */

/** Files below a folder whose bytes or names hold a word, as UTF-8 or UTF-16. */
function filesWith(folder: string, word: string): string[] {
  const forms = [Buffer.from(word), Buffer.from(word, 'utf16le')]
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => {
    if (name.includes(word)) return true
    const path = join(folder, name)
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
    const bytes = readFileSync(path)
    return forms.some((form) => bytes.includes(form))
  })
}

const touch = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows().find((each) => each.isVisible())!
    webContents.sendInputEvent({ type: 'mouseDown', x: 5, y: 5, button: 'left', clickCount: 1 })
    webContents.sendInputEvent({ type: 'mouseUp', x: 5, y: 5, button: 'left', clickCount: 1 })
  })

/** Runs what ends the visit, and answers the page that stands there then. */
async function nextVisit(app: ElectronApplication, run: () => Promise<unknown>): Promise<Page> {
  const [fresh] = await Promise.all([app.waitForEvent('window'), run()])
  await fresh.waitForLoadState()
  await expect.poll(() => app.windows().length).toBe(1)
  return fresh
}

test('nothing of a visit is left anywhere', async ({ start, folder }) => {
  const marker = '绝密痕迹Zx9q'
  const running = await startKiosk(start, folder)
  const { app, window, profile } = running
  const [entry] = (await ask(window, 'library', 'list')) as { id: string }[]
  const archive = entry!.id
  await ask(window, 'settings', 'change', { language: 'en', articleScale: 180, theme: 'contrast' })
  expect(await ask(window, 'search', 'find', { archive, query: { text: marker } })).toMatchObject({ total: 0 })
  expect(await ask(window, 'search', 'find', { archive, query: { text: `"${marker}` } })).toBeTruthy()
  expect(await ask(window, 'searches', 'note', { archive, text: marker })).toBe('kiosk-refused')
  expect(await ask(window, 'issues', 'read', { archive, title: marker, date: '2013-01-10', edition: 1 })).toBeTruthy()
  const page = { archive, title: 'jcrb', date: '2013-01-10', edition: 1, page: 'p1' }
  expect(await ask(window, 'takeaway', 'cut', { ...page, box: { x: 0, y: 0, w: 0.2, h: 0.2 } })).toMatchObject({
    url: expect.stringContaining('/made/') as unknown,
  })
  await window.evaluate(async (word) => {
    localStorage.setItem(word, word)
    sessionStorage.setItem(word, word)
    location.hash = `/${encodeURIComponent(word)}`
    const cache = await caches.open(word).catch(() => undefined)
    await cache?.put('app://ui/marker', new Response(word)).catch(() => undefined)
    await new Promise<void>((done, failed) => {
      const opening = indexedDB.open(word)
      opening.onupgradeneeded = () => opening.result.createObjectStore('marks').put(word, word)
      opening.onsuccess = () => {
        opening.result.close()
        done()
      }
      opening.onerror = () => failed(opening.error)
    })
    // An error whose message holds what somebody wrote must not keep it in the log.
    setTimeout(() => {
      throw new Error(`cannot show “${word}”`)
    })
  }, marker)
  await app.evaluate(({ clipboard }, word) => clipboard.writeText(word), marker)
  const madeBefore = readdirSync(tmpdir()).filter((name) => /^banmian-[A-Za-z0-9]{6}$/.test(name))
  expect(madeBefore.length).toBeGreaterThan(0)

  const fresh = await nextVisit(app, () => ask(window, 'kiosk', 'wipe').catch(() => undefined))
  expect(await ask(fresh, 'settings', 'read')).toMatchObject({ language: 'zh-Hans', articleScale: 100, theme: 'light' })
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('')
  running.complaints.length = 0
  const seen = () => ({ local: localStorage.length, session: JSON.stringify(sessionStorage), hash: location.hash })
  const kept = async () => ({
    databases: (await indexedDB.databases()).length,
    caches: await caches.keys().then(
      (keys) => keys.length,
      () => 0,
    ),
  })
  const now = await fresh.evaluate(seen)
  expect(now.local).toBe(0)
  // What a fresh page keeps there is its own.
  expect(now.session).not.toContain(marker)
  expect(now.hash).not.toContain('%')
  expect(await fresh.evaluate(kept)).toEqual({ databases: 0, caches: 0 })

  // The session of the visit before, which nobody will ever use again, was emptied too.
  const past = await app.evaluate(async ({ BrowserWindow, session }) => {
    const old = session.fromPartition('visit-1')
    const window = new BrowserWindow({ show: false, webPreferences: { session: old, sandbox: true } })
    await window.loadURL('app://ui/sheet.html#%7B%7D').catch(() => undefined)
    const found: unknown = await window.webContents.executeJavaScript(
      '(async () => [localStorage.length, (await indexedDB.databases()).length])()',
    )
    const cache = await old.getCacheSize()
    window.destroy()
    return { found, cache, persistent: old.isPersistent() }
  })
  expect(past).toEqual({ found: [0, 0], cache: 0, persistent: false })

  expect(readFileSync(join(profile, 'logs/banmian.log'), 'utf8')).toContain('interface: ')
  for (const word of [marker, encodeURIComponent(marker)]) expect(filesWith(profile, word), word).toEqual([])
  const made = readdirSync(tmpdir()).filter((name) => madeBefore.includes(name) && name.startsWith('banmian-'))
  for (const name of made) expect(existsSync(join(tmpdir(), name, 'made-1.png')), 'cut pictures').toBe(false)
})

test('somebody who left is asked, and then the visit is over', async ({ start, folder }) => {
  const { app, window } = await startKiosk(start, folder, { idleSeconds: 2, warningSeconds: 3 })
  const asked = () => window.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked.slice())
  await window.evaluate(() => {
    const asked: unknown[] = []
    Object.assign(globalThis, { asked })
    globalThis.window.banmian.on('kiosk.idle', (payload) => asked.push((payload as { left?: number }).left ?? 'back'))
  })
  // Nobody is there: nobody is asked.
  await window.waitForTimeout(2600)
  expect(await asked()).toEqual([])

  await touch(app)
  await expect.poll(asked, 'asked').toContain(2)
  await touch(app)
  await expect.poll(asked, 'somebody is there').toContain('back')
  expect(app.windows()).toHaveLength(1)

  const fresh = await nextVisit(app, async () => undefined)
  expect(await ask(fresh, 'kiosk', 'read')).toMatchObject({ idleSeconds: 2 })
  expect(await ask(fresh, 'kiosk', 'touched')).toBeUndefined()
})

test('a visitor prints within the quota without being asked, and saves on a stick', async ({ start, folder }) => {
  // A folder of its own device stands for a stick.
  const stick = '/dev/shm'
  test.skip(!existsSync(stick), 'no second device here')
  const allow = { search: false, print: true, takeHome: { qr: true, stick: true } }
  const { app, window } = await startKiosk(start, folder, {
    allow,
    printPages: 3,
    printer: 'Lesesaal',
    stickFolder: stick,
  })
  await app.evaluate(({ app: program }) => {
    const printed: unknown[] = []
    Object.assign(globalThis, { printed })
    program.on('web-contents-created', (_event, contents) => {
      contents.print = (options, done) => {
        printed.push([options?.silent, options?.deviceName])
        done?.(true, '')
      }
    })
  })
  const [entry] = (await ask(window, 'library', 'list')) as { id: string }[]
  const job = {
    ...{ archive: entry!.id, title: 'jcrb', date: '2013-01-10', edition: 1, page: 'p1' },
    ...{ picture: true, text: false, language: 'zh-Hans' },
  }
  const paper = { size: 'A4', landscape: false }
  expect(await ask(window, 'search', 'find', { archive: entry!.id, query: { text: '市' } })).toBe('kiosk-refused')
  expect(await ask(window, 'kiosk', 'print', { jobs: [job, job], paper })).toEqual({ pages: 2, left: 1 })
  expect(await ask(window, 'kiosk', 'print', { jobs: [job, job], paper })).toBe('quota-used')
  const printed = await app.evaluate(() => (globalThis as unknown as { printed: unknown[] }).printed)
  expect(printed).toEqual([
    [true, 'Lesesaal'],
    [true, 'Lesesaal'],
  ])
  expect(await ask(window, 'kiosk', 'stick')).toBe(true)
  const saved = await ask(window, 'kiosk', 'saveToStick', { jobs: [job], citations: ['甲', '乙'], paper })
  const { files } = saved as { files: string[] }
  expect(files).toHaveLength(2)
  const [pdf, text] = files.map((name) => readFileSync(join(stick, name)))
  for (const name of files) rmSync(join(stick, name))
  expect(pdf!.subarray(0, 5).toString()).toBe('%PDF-')
  expect(text!.toString()).toBe('\uFEFF甲\r\n\r\n乙\r\n')

  await test.step('the same from the list, by pressing', async () => {
    const before = readdirSync(stick)
    await window.locator('.attract').click({ position: { x: 300, y: 300 } })
    const choose = async () => {
      await goTo(window, `#/a/${entry!.id}/r/jcrb/2013-01-10/1/p1`)
      await window.getByRole('button', { name: '带走本版' }).click()
      await goTo(window, '#/take')
    }
    await choose()
    await window.getByRole('button', { name: /^打印/ }).click()
    await expect(window.getByText('已打印 1 页')).toBeVisible()
    // What has left is gone from the list.
    await expect(window.getByText('还没有选中任何内容')).toBeVisible()
    await choose()
    await expect(window.getByRole('button', { name: /^打印/ })).toBeDisabled()
    await window.getByRole('button', { name: /^存到U盘/ }).click()
    await expect(window.getByText('已存 2 个文件')).toBeVisible()
    const kept = readdirSync(stick).filter((name) => !before.includes(name) && !name.startsWith('.'))
    for (const name of kept) rmSync(join(stick, name))
    expect(kept).toHaveLength(2)
  })
})
