import { expect, type ElectronApplication, type Page } from 'playwright/test'
import { execFileSync } from 'node:child_process'
import { test } from './app.ts'
import { ask, staffPin, startKiosk } from './kiosk.ts'
import { expectComplaint } from './steps.ts'

/**
 * What keeps a visitor inside: the window, the keys, the mouse, the calls. Keys are real ones of the X server, or those
 * of `sendInputEvent`: what Playwright presses passes by the lock.
 */

const onX = process.platform === 'linux'
const x = (...words: string[]): string => execFileSync('xdotool', words, { encoding: 'utf8' })
/** Windows that somebody could see; a dialog would be one more. */
const visibleWindows = (): number => x('search', '--onlyvisible', '--name', '.*').trim().split('\n').length

/** Watches the keys that reach the page. */
async function watchKeys(window: Page): Promise<() => Promise<string[]>> {
  await window.evaluate(() => {
    const keys: string[] = []
    Object.assign(globalThis, { keys })
    globalThis.window.addEventListener('keydown', ({ key }) => keys.push(key), true)
  })
  return () => window.evaluate(() => (globalThis as unknown as { keys: string[] }).keys.splice(0))
}

function press(
  app: ElectronApplication,
  keys: { keyCode: string; modifiers?: ('control' | 'alt' | 'meta' | 'shift')[] }[],
) {
  return app.evaluate(({ BrowserWindow }, all) => {
    const { webContents } = BrowserWindow.getAllWindows().find((each) => each.isVisible())!
    for (const key of all) {
      webContents.sendInputEvent({ type: 'keyDown', ...key })
      webContents.sendInputEvent({ type: 'keyUp', ...key })
    }
  }, keys)
}

test('no key, click or gesture leaves the screen', async ({ start, folder }) => {
  const running = await startKiosk(start, folder)
  const { app, window } = running
  await window.waitForURL(/#\//)
  // Within the screens of the kiosk a key may lead on: F1 to the help.
  const interfaceOf = (url: string) => url.split('#')[0]
  const home = interfaceOf(window.url())
  const before = onX ? visibleWindows() : 1
  const state = () =>
    app.evaluate(({ BrowserWindow, screen }) => {
      const [own, ...others] = BrowserWindow.getAllWindows()
      const { bounds } = screen.getPrimaryDisplay()
      return {
        windows: others.length + 1,
        kiosk: own!.isKiosk() && own!.isFullScreen() && own!.isVisible() && !own!.isMinimized(),
        fills: JSON.stringify(own!.getBounds()) === JSON.stringify(bounds),
        devTools: own!.webContents.isDevToolsOpened(),
        zoom: own!.webContents.getZoomFactor(),
        menu: own!.isMenuBarVisible(),
      }
    })
  const locked = { windows: 1, kiosk: true, fills: true, devTools: false, zoom: 1, menu: false }
  const stillLocked = async (what: string): Promise<void> => {
    await expect.poll(state, what).toEqual(locked)
    expect(interfaceOf(window.url()), what).toBe(home)
    if (onX) expect(visibleWindows(), what).toBe(before)
  }
  await stillLocked('at the start')

  await test.step('the window itself', async () => {
    await app.evaluate(({ BrowserWindow }) => {
      const [own] = BrowserWindow.getAllWindows()
      own!.setFullScreen(false)
      own!.close()
      own!.minimize()
      own!.webContents.openDevTools()
    })
    await stillLocked('after leaving full screen, closing, minimizing, developer tools')
  })

  await test.step('keys', async () => {
    const reached = await watchKeys(window)
    const letters = [
      ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      '0',
      '1',
      '-',
      '=',
      'Plus',
      'Tab',
      'Left',
      'Right',
      'F4',
      'Delete',
    ]
    const held = (['control', 'alt', 'meta'] as const).flatMap((modifier) =>
      letters.map((keyCode) => ({ keyCode, modifiers: [modifier] })),
    )
    const functionKeys = Array.from({ length: 23 }, (_, index) => ({ keyCode: `F${index + 2}` }))
    const special = ['BrowserBack', 'BrowserHome', 'VolumeUp', 'PrintScreen', 'Insert'].map((keyCode) => ({ keyCode }))
    await press(app, [...held, ...functionKeys, ...special])
    expect(await reached()).toEqual([])
    const allowed = ['a', '7', 'Up', 'Down', 'PageUp', 'PageDown', 'Home', 'End', 'Tab', 'Enter', 'Escape', 'F1']
    await press(
      app,
      allowed.map((keyCode) => ({ keyCode })),
    )
    await expect.poll(async () => (await reached()).length).toBe(allowed.length)
    await stillLocked('after every key')
  })

  if (onX) {
    await test.step('keys and mouse of the X server', async () => {
      x('mousemove', '700', '500')
      const reached = await watchKeys(window)
      x('key', 'ctrl+r', 'ctrl+shift+i', 'ctrl+w', 'ctrl+q', 'ctrl+p', 'ctrl+n', 'ctrl+t', 'ctrl+plus')
      x('key', 'alt+F4', 'alt+Left', 'F5', 'F11', 'F12', 'super+d', 'ctrl+alt+Delete', 'Menu', 'XF86Back')
      x('key', 'b')
      await expect.poll(reached, 'only what is allowed').toEqual(['b'])
      for (const button of ['3', '2', '8', '9']) x('click', button)
      x('keydown', 'ctrl', 'click', '--repeat', '3', '4', 'keyup', 'ctrl')
      await stillLocked('after every button')
    })
  }

  await test.step('what a page could ask for', async () => {
    const answers = await window.evaluate(async () => {
      const { document } = globalThis.window
      const link = (values: object): void => {
        const made = Object.assign(document.createElement('a'), values)
        document.body.append(made)
        made.click()
        made.remove()
      }
      for (const href of ['https://example.invalid/', 'mailto:a@example.invalid', 'tel:1', 'banmian://x'])
        link({ href })
      link({ href: 'app://ui/index.html#/settings', target: '_blank' })
      link({ href: URL.createObjectURL(new Blob(['x'])), download: 'taken.txt' })
      globalThis.window.alert('x')
      globalThis.window.print()
      const pickers = ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker']
      return {
        opened: globalThis.window.open('app://ui/index.html'),
        confirmed: globalThis.window.confirm('x'),
        pickers: pickers.filter((name) => name in globalThis.window),
        notification: 'Notification' in globalThis.window ? await Notification.requestPermission() : 'denied',
        devices: ['usb', 'hid', 'serial', 'bluetooth', 'share'].filter((name) => name in navigator),
        full: await document.body.requestFullscreen().then(
          () => 'given',
          () => 'refused',
        ),
        clipboard: await navigator.clipboard.readText().then(
          () => 'given',
          () => 'refused',
        ),
      }
    })
    expect(answers).toMatchObject({
      opened: null,
      pickers: [],
      notification: 'denied',
      full: 'refused',
      clipboard: 'refused',
    })
    expect(answers.confirmed).toBeFalsy()
    await stillLocked('after asking for everything')
    expectComplaint(running, /requestFullscreen/)
  })
})

test('a visitor has the calls of a visitor, and the staff those of the staff after the PIN', async ({
  start,
  folder,
}) => {
  const { app, window } = await startKiosk(start, folder, { languages: ['zh-Hans', 'en'] })
  const view = (await ask(window, 'kiosk', 'read')) as { archives: string[]; printPages: number }
  expect(view).toMatchObject({ name: '二楼阅览室', language: 'zh-Hans', theme: 'light', offline: false })
  const [entry, ...more] = (await ask(window, 'library', 'list')) as { id: string; path: string; state: string }[]
  expect(more).toEqual([])
  expect(entry).toMatchObject({ id: view.archives[0], path: '', state: 'ready' })

  for (const [group, method, input] of [
    ['library', 'choose', undefined],
    ['jobs', 'chooseSources', { kind: 'file' }],
    ['searches', 'list', { archive: entry!.id }],
    ['takeaway', 'copy', { text: 'x' }],
    ['window', 'toggleFullScreen', undefined],
    ['annotations', 'find', { query: {} }],
    ['settings', 'change', { language: 'zh-Hant' }],
  ] as const)
    expect(await ask(window, group, method, input), `${group}.${method}`).toBe('kiosk-refused')

  expect(await ask(window, 'kiosk', 'status')).toBe('staff-only')
  expect(await ask(window, 'kiosk', 'exit')).toBe('staff-only')
  expect(await ask(window, 'kiosk', 'enterPin', { pin: '0000' })).toBe('wrong-pin')
  expect(await ask(window, 'kiosk', 'enterPin', { pin: staffPin })).toBeUndefined()
  expect(await ask(window, 'kiosk', 'status')).toMatchObject({ archives: [{ id: entry!.id, shown: true }] })
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  await ask(window, 'kiosk', 'exit').catch(() => undefined)
  expect(await ended).toBe(0)
})
