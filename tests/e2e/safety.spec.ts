import { expect, type ElectronApplication, type Page } from 'playwright/test'
import type { WebPreferences } from 'electron'
import { readFileSync } from 'node:fs'
import { contract, eventNames } from '../../electron/bridge/contract.ts'
import { sampleArchive, test } from './app.ts'
import { canary } from './canary.ts'
import { expectComplaint, openArchive } from './steps.ts'

/** The walls around the interface, from inside it. */

test('the interface has no node and only the surface of the contract', async ({ start }) => {
  const { window } = await openArchive(start)
  const seen = await window.evaluate(() => {
    const { banmian } = globalThis.window
    const groups = Object.entries(banmian.call)
    return {
      node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis),
      keys: Object.keys(banmian).sort(),
      calls: groups.flatMap(([group, methods]) => Object.keys(methods).map((method) => `${group}.${method}`)).sort(),
      frozen: [banmian, banmian.call, ...groups.map(([, methods]) => methods)].every((part) => Object.isFrozen(part)),
      replaced: Reflect.set(globalThis, 'banmian', {}) && globalThis.window.banmian !== banmian,
    }
  })
  const calls = Object.entries(contract).flatMap(([group, methods]) =>
    Object.keys(methods).map((method) => `${group}.${method}`),
  )
  expect(seen).toEqual({
    node: [],
    keys: ['call', 'dropped', 'on', 'platform'],
    calls: calls.sort(),
    frozen: true,
    replaced: false,
  })
  const refused = await window.evaluate(() => {
    try {
      globalThis.window.banmian.on('anything', () => undefined)
      return false
    } catch {
      return true
    }
  })
  expect(refused).toBe(true)
  expect(eventNames.length).toBeGreaterThan(0)
})

test('the window is sandboxed and isolated', async ({ start }) => {
  const { app } = await openArchive(start)
  const { preferences, pid } = await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    // Electron has it, its types do not.
    const { getLastWebPreferences } = webContents as unknown as { getLastWebPreferences: () => WebPreferences | null }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
      getLastWebPreferences.call(webContents) ?? {}
    return {
      preferences: { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag },
      pid: webContents.getOSProcessId(),
    }
  })
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  expect(preferences.webSecurity).not.toBe(false)
  expect(preferences.webviewTag).not.toBe(true)
  // As root there is no sandbox; elsewhere than on Linux Electron itself says so.
  if (process.platform === 'linux' && process.getuid?.() !== 0) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1], 'system calls of the renderer are filtered').toBe('2')
    expect(/^NoNewPrivs:\s*(\d)/m.exec(status)?.[1]).toBe('1')
  }
})

test('background processes get nothing of the environment', async ({ start }) => {
  test.skip(process.platform !== 'linux', 'only Linux shows the environment of a process')
  // An empty shelf asks nothing: the answering process starts with the first question.
  const environment = { BANMIAN_SECRET: 'hush', HTTP_PROXY: 'http://127.0.0.1:9' }
  const { app } = await start([sampleArchive()], { environment })
  const pidOf = () =>
    app.evaluate(
      ({ app: program }) =>
        program.getAppMetrics().find(({ serviceName }) => serviceName === 'banmian-answer')?.pid ??
        program.getAppMetrics().find(({ name }) => name === 'banmian-answer')?.pid,
    )
  await expect.poll(pidOf).toBeGreaterThan(0)
  const names = readFileSync(`/proc/${await pidOf()}/environ`, 'utf8')
    .split('\0')
    .map((line) => line.split('=')[0])
    .filter(Boolean)
  // Chromium adds its own; nothing of whoever started the program is among them.
  expect(names).toEqual(expect.arrayContaining(['BANMIAN_PROCESS', 'LANG']))
  expect(
    names.filter(
      (name) => !/^(BANMIAN_PROCESS|LANG|CHROME_|GOOGLE_|ELECTRON_|DBUS_SESSION_BUS_ADDRESS|NO_AT_BRIDGE)/.test(name!),
    ),
  ).toEqual([])
})

test('scripts that are not ours do not run', async ({ start }) => {
  const running = await openArchive(start)
  const outcome = await running.window.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const blocked: string[] = []
        document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective))
        const script = document.createElement('script')
        script.textContent = 'globalThis.pwned = true'
        document.head.append(script)
        const holder = document.createElement('div')
        holder.setAttribute('onclick', 'globalThis.pwned = true')
        document.body.append(holder)
        holder.click()
        // Outside of the debugger's own call, which may evaluate what it likes.
        setTimeout(() => {
          try {
            new Function('globalThis.pwned = true')()
          } catch (error) {
            blocked.push((error as Error).name)
          }
          setTimeout(() => resolve([...blocked, String('pwned' in globalThis)]))
        })
      }),
  )
  expect(outcome).toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr', 'EvalError', 'false']))
  expectComplaint(running, /Content Security Policy/)
})

test('nothing reaches the network from the interface', async ({ start }) => {
  const running = await openArchive(start)
  const bird = await canary()
  const outcomes = await running.window.evaluate(async (port) => {
    const url = `http://127.0.0.1:${port}/`
    const failed = (element: HTMLElement) =>
      new Promise<string>((resolve) => {
        element.addEventListener('error', () => resolve('failed'))
        element.addEventListener('load', () => resolve('loaded'))
        document.body.append(element)
      })
    const make = <Name extends keyof HTMLElementTagNameMap>(name: Name, values: Record<string, string>) =>
      Object.assign(document.createElement(name), values)
    const xhr = new Promise<string>((resolve) => {
      const request = new XMLHttpRequest()
      request.onload = () => resolve('loaded')
      request.onerror = () => resolve('failed')
      request.open('GET', url)
      request.send()
    })
    const socket = new Promise<string>((resolve) => {
      try {
        const made = new WebSocket(`ws://127.0.0.1:${port}/`)
        made.onopen = () => resolve('loaded')
        made.onerror = () => resolve('failed')
      } catch {
        resolve('failed')
      }
    })
    return Promise.all([
      fetch(url, { mode: 'no-cors' }).then(
        () => 'loaded',
        () => 'failed',
      ),
      xhr,
      socket,
      failed(make('img', { src: url })),
      failed(make('script', { src: url })),
      failed(make('link', { rel: 'stylesheet', href: url })),
    ])
  }, bird.port)
  expect(outcomes).toEqual(Array.from(outcomes, () => 'failed'))
  expect(bird.hits).toBe(0)
  bird.close()
  expectComplaint(running, /Content Security Policy|ERR_BLOCKED_BY/)
})

test('a page without our policy reaches no network either', async ({ start }) => {
  const { app } = await openArchive(start)
  const bird = await canary()
  const outcome = await app.evaluate(async ({ BrowserWindow }, port) => {
    const bare = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
    await bare.loadURL('data:text/html,<p>bare</p>')
    const script = `fetch('http://127.0.0.1:${port}/', { mode: 'no-cors' }).then(() => 'loaded', () => 'failed')`
    const answer: unknown = await bare.webContents.executeJavaScript(script)
    bare.destroy()
    return answer
  }, bird.port)
  expect(outcome).toBe('failed')
  expect(bird.hits).toBe(0)
  // The bird sings: the same address answers who may go there.
  expect(await (await fetch(`http://127.0.0.1:${bird.port}/`)).text()).toBe('reached')
  bird.close()
})

/** What main answers to an address of one of its protocols: a status, or `refused`. */
function statusOf(app: ElectronApplication, url: string): Promise<number | 'refused'> {
  return app.evaluate(
    ({ net }, address) =>
      net.fetch(address).then(
        ({ status }) => status,
        () => 'refused' as const,
      ),
    url,
  )
}

const pictureUrl = (window: Page) =>
  window
    .locator('aside.day img')
    .first()
    .evaluate((image: HTMLImageElement) => image.src)

test('the protocols serve what they should and no path tricks', async ({ start }) => {
  const { app, window } = await openArchive(start)
  await window.locator('aside.day img').first().waitFor()
  const picture = await pictureUrl(window)
  expect(await statusOf(app, 'app://ui/index.html')).toBe(200)
  expect(await statusOf(app, picture)).toBe(200)
  const [, id = ''] = /^archive:\/\/([0-9a-f]{16})\//.exec(picture) ?? []
  const tricks = [
    'app://ui/../main/main.cjs',
    'app://ui/%2e%2e/main/main.cjs',
    'app://ui/..%2fmain%2fmain.cjs',
    'app://ui/..%2f..%2f..%2fetc%2fpasswd',
    'app://ui/..%5c..%5cpackage.json',
    'app://ui/%252e%252e%252fpackage.json',
    'app://ui/index.html%00.js',
    'app://ui//etc/hosts.html',
    'app://other/index.html',
    'app://ui.evil/index.html',
    `archive://${id}/`,
    `archive://${id}/page/1`,
    `archive://${id}/page/1/0/../../../banmian.json`,
    `archive://${id}/page/%2e%2e/%2e%2e/banmian.json`,
    `archive://${id}/..%2f..%2fbanmian.json`,
    `archive://${id}/page/1%00/0`,
    `archive://${id}/page/1/0?..%2f`,
    `archive://${id}/original/1/0`,
    `archive://${id}/page/999999999/0`,
    'archive://00000000000000aa/page/1/0',
    'archive://ui/index.html',
  ]
  for (const trick of tricks) {
    const status = await statusOf(app, trick)
    expect([204, 400, 404, 415, 'refused'], trick).toContain(status)
  }
})
