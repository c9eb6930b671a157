import { expect } from 'playwright/test'
import { test } from './app.ts'
import { expectComplaint, openArchive } from './steps.ts'

/** What main refuses: navigation, windows, permissions, downloads, and calls that do not come from our page. */

test('the window goes nowhere else and opens no other', async ({ start }) => {
  const running = await openArchive(start)
  const { app, window } = running
  await window.locator('aside.day article').first().waitFor()
  const home = window.url()
  await app.evaluate(({ BrowserWindow }) => {
    const refused: string[] = []
    Object.assign(globalThis, { refused })
    BrowserWindow.getAllWindows()[0]!.webContents.on('will-frame-navigate', (event) => {
      if (event.defaultPrevented) refused.push(event.url)
    })
  })
  const refused = () => app.evaluate(() => (globalThis as unknown as { refused: string[] }).refused)
  for (const url of ['https://example.invalid/', 'http://127.0.0.1:9/', 'archive://00000000000000aa/page/1/0']) {
    await window.evaluate((to) => {
      const link = Object.assign(document.createElement('a'), { href: to })
      document.body.append(link)
      link.click()
    }, url)
    await expect.poll(refused, url).toContain(url)
    expect(window.url()).toBe(home)
  }
  await window.evaluate(() => {
    location.href = 'file:///etc/passwd'
  })
  await expect.poll(() => running.complaints.join('\n')).toContain('Not allowed to load local resource')
  expectComplaint(running, /Not allowed to load local resource/)
  expect(window.url()).toBe(home)

  expect(await window.evaluate(() => globalThis.window.open('app://ui/index.html') === null)).toBe(true)
  expect(await window.evaluate(() => globalThis.window.open('https://example.invalid/') === null)).toBe(true)
  expect(app.windows()).toHaveLength(1)
})

test('no permission is given', async ({ start }) => {
  const { window } = await openArchive(start)
  const answers = await window.evaluate(async () => {
    const states = await Promise.all(
      (['geolocation', 'camera', 'microphone', 'midi'] as PermissionName[]).map(
        async (name) => (await navigator.permissions.query({ name })).state,
      ),
    )
    const camera = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      () => 'refused',
    )
    return { states: [...new Set(states)], camera, notification: await Notification.requestPermission() }
  })
  expect(answers).toEqual({ states: ['denied'], camera: 'refused', notification: 'denied' })
})

test('nothing is downloaded', async ({ start }) => {
  const { app, window } = await openArchive(start)
  await app.evaluate(({ session }) => {
    const downloads: boolean[] = []
    Object.assign(globalThis, { downloads })
    session.defaultSession.on('will-download', (event) => downloads.push(event.defaultPrevented))
  })
  await window.evaluate(() => {
    const href = URL.createObjectURL(new Blob(['text'], { type: 'text/plain' }))
    const link = Object.assign(document.createElement('a'), { href, download: 'stolen.txt' })
    document.body.append(link)
    link.click()
  })
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { downloads: boolean[] }).downloads))
    .toEqual([true])
})

test('a call of the bridge is refused from a frame, from another page, and with input that does not fit', async ({
  start,
}) => {
  const { app, window } = await openArchive(start)
  const inFrame = await window.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    return typeof (frame.contentWindow as (Window & { banmian?: unknown }) | null)?.banmian
  })
  expect(inFrame).toBe('undefined')

  const replies = await app.evaluate(async ({ app: program, BrowserWindow }) => {
    const preload = `${program.getAppPath()}/out/preload/preload.cjs`
    const call = 'window.banmian.call.library.list()'
    const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    const pages: unknown[] = []
    for (const url of ['about:blank', 'data:text/html,<p>other</p>']) {
      await other.loadURL(url)
      pages.push(await other.webContents.executeJavaScript(call))
    }
    other.destroy()
    const framed = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, nodeIntegrationInSubFrames: true },
    })
    await framed.loadURL('app://ui/index.html')
    const main: { ok: boolean } = await framed.webContents.executeJavaScript(call)
    const add = `new Promise((done) => {
      const frame = document.createElement('iframe')
      frame.onload = () => done()
      frame.srcdoc = '<p>inside</p>'
      document.body.append(frame)
    })`
    await framed.webContents.executeJavaScript(add)
    const frame: unknown = await framed.webContents.mainFrame.frames[0]!.executeJavaScript(call)
    framed.destroy()
    return { pages, main: main.ok, frame }
  })
  const refused = { ok: false, code: 'bad-request', details: { reason: 'unknown sender' } }
  expect(replies).toEqual({ pages: [refused, refused], main: true, frame: refused })

  const codes = await window.evaluate(async () => {
    const { call } = globalThis.window.banmian
    const bad: [string, string, unknown][] = [
      ['library', 'open', { archive: '../../etc' }],
      ['library', 'openChosen', { token: '/etc/passwd' }],
      ['issues', 'ofDay', { archive: '0000000000000000', date: '2013' }],
      ['search', 'find', { archive: '0000000000000000', query: { text: 'x'.repeat(501) } }],
      ['settings', 'change', { theme: 'pink' }],
      ['settings', 'change', { path: '/etc' }],
      ['jobs', 'import', { source: '/etc', target: { kind: 'path', path: '/tmp' } }],
    ]
    return Promise.all(
      bad.map(async ([group, method, input]) => {
        const reply = await call[group]![method]!(input)
        return reply.ok ? 'ok' : reply.code
      }),
    )
  })
  expect(codes).toEqual(Array.from(codes, () => 'bad-request'))
})
