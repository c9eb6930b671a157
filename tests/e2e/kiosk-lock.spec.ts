import { expect } from 'playwright/test'
import { test } from './app.ts'
import { ask, staffPin, startKiosk } from './kiosk.ts'

/** What keeps a visitor inside: the window, the keys, the calls. */

test('a visitor has the calls of a visitor, and the staff those of the staff after the PIN', async ({
  start,
  folder,
}) => {
  const { window } = await startKiosk(start, folder)
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
  ] as const)
    expect(await ask(window, group, method, input), `${group}.${method}`).toBe('kiosk-refused')

  expect(await ask(window, 'kiosk', 'status')).toBe('staff-only')
  expect(await ask(window, 'kiosk', 'enterPin', { pin: '0000' })).toBe('wrong-pin')
  expect(await ask(window, 'kiosk', 'enterPin', { pin: staffPin })).toBeUndefined()
  expect(await ask(window, 'kiosk', 'status')).toMatchObject({ archives: [{ id: entry!.id, shown: true }] })
})
