import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contract } from '../../../../electron/bridge/contract.ts'
import type { BridgeServer } from '../../../../electron/bridge-server.ts'
import { allowedKey } from '../../../../electron/kiosk/allowed-keys.ts'
import { openingSwitches } from '../../../../electron/kiosk/debug-switches.ts'
import { kioskBridge } from '../../../../electron/kiosk/kiosk-bridge.ts'
import { nameless } from '../../../../electron/kiosk/nameless.ts'
import { mayCall, sheetCalls, staffCalls, visitorCalls } from '../../../../electron/kiosk/visitor-calls.ts'

const root = join(import.meta.dirname, '../../../..')
const bare = { control: false, alt: false, meta: false }

it('lets through the keys that write and turn pages, and no other', () => {
  for (const key of [
    'a',
    'Z',
    '7',
    ' ',
    '中',
    'é',
    'ArrowLeft',
    'PageDown',
    'Tab',
    'Enter',
    'Escape',
    'F1',
    'Backspace',
  ])
    expect(allowedKey({ key, ...bare }), key).toBe(true)
  const closed = ['F2', 'F5', 'F11', 'F12', 'Insert', 'PrintScreen', 'ContextMenu', 'BrowserBack', 'Alt', 'Control']
  for (const key of [...closed, 'Meta', 'Process', 'Dead', 'Unidentified', 'MediaPlayPause', '', '\u0000', '\u007f'])
    expect(allowedKey({ key, ...bare }), key).toBe(false)
  for (const held of ['control', 'alt', 'meta'])
    for (const key of ['a', 'p', 'r', 'Tab', 'ArrowLeft', 'F1', 'Delete'])
      expect(allowedKey({ key, ...bare, [held]: true }), `${held}+${key}`).toBe(false)
})

it('refuses to start in a way that opens it, and lets tests through only unpackaged', () => {
  const start = { hasSwitch: () => false, argv: ['banmian', '--kiosk'], environment: {}, packaged: true }
  expect(openingSwitches(start)).toEqual([])
  expect(openingSwitches({ ...start, hasSwitch: (name) => name === 'remote-debugging-port' })).toEqual([
    '--remote-debugging-port',
  ])
  expect(openingSwitches({ ...start, argv: ['banmian', '-inspect-brk=9229', '/no-sandbox'] })).toEqual([
    '--inspect-brk',
    '--no-sandbox',
  ])
  const environment = { NODE_OPTIONS: '--inspect', ELECTRON_RUN_AS_NODE: '1', BANMIAN_KIOSK_TEST: '1' }
  expect(openingSwitches({ ...start, environment })).toEqual(['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS'])
  expect(openingSwitches({ ...start, environment, packaged: false })).toEqual([])
})

it('refuses every call of the contract that is not named', async () => {
  const answer = async (): Promise<string> => 'answered'
  const every = Object.fromEntries(
    Object.entries(contract).map(([group, calls]) => [
      group,
      Object.fromEntries(Object.keys(calls).map((method) => [method, answer])),
    ]),
  ) as unknown as BridgeServer
  const shown = {
    check: () => undefined,
    list: answer,
    open: answer,
    narrowed: (query: unknown) => query,
    sees: () => true,
    hidesTitles: false,
  }
  const outcomes = async (who: 'visitor' | 'sheet' | undefined, staff: boolean, allowSearch = true) => {
    const parts = { desk: every, kiosk: every.kiosk, shown, counters: { add: () => undefined } }
    const server = kioskBridge({
      ...(parts as unknown as Parameters<typeof kioskBridge>[0]),
      allowSearch,
      callerOf: () => who,
      staffIsIn: () => staff,
    }) as unknown as Record<string, Record<string, (input: unknown, caller: unknown) => Promise<unknown>>>
    const all = Object.entries(contract).flatMap(([group, calls]) =>
      Object.keys(calls).map((method) => [group, method]),
    )
    const done: Record<string, string> = {}
    for (const [group = '', method = ''] of all) {
      const input = { archive: 'a', query: {} }
      done[`${group}.${method}`] = await server[group]![method]!(input, { client: 1 }).then(
        () => 'answered',
        (error: { code?: string }) => error.code ?? 'a bug',
      )
    }
    return done
  }
  for (const [call, outcome] of Object.entries(await outcomes('visitor', false))) {
    const [group = '', method = ''] = call.split('.')
    const forStaff = group === 'kiosk' && staffCalls.some((each) => each === method)
    const named = mayCall(visitorCalls, group, method)
    // `ofDay` filters what it is answered, which here is no list.
    const expected = !named ? 'kiosk-refused' : forStaff ? 'staff-only' : call === 'issues.ofDay' ? 'a bug' : 'answered'
    expect(outcome, call).toBe(expected)
  }
  const staff = await outcomes('visitor', true)
  for (const method of staffCalls) expect(staff[`kiosk.${method}`], method).toBe('answered')
  expect(staff['jobs.import']).toBe('kiosk-refused')
  const sheet = Object.entries(await outcomes('sheet', true)).filter(([, outcome]) => outcome === 'answered')
  expect(sheet.every(([call]) => mayCall(sheetCalls, ...(call.split('.') as [string, string])))).toBe(true)
  expect(new Set(Object.values(await outcomes(undefined, true)))).toEqual(new Set(['kiosk-refused']))
  expect((await outcomes('visitor', true, false))['search.find']).toBe('kiosk-refused')
})

it('suggests no words of titles that are hidden', async () => {
  const suggesting = async (hidesTitles: boolean) => {
    const others = { library: {}, issues: {}, article: {}, annotations: {}, takeaway: {} }
    const desk = { ...others, search: { suggest: async () => ['绝密'] } } as unknown as BridgeServer
    const shown = { check: () => undefined, hidesTitles }
    const parts = { desk, kiosk: {}, shown, counters: {}, allowSearch: true } as unknown as Parameters<
      typeof kioskBridge
    >[0]
    const server = kioskBridge({ ...parts, callerOf: () => 'visitor', staffIsIn: () => false })
    return server.search.suggest({ archive: 'a', text: '绝' }, { client: 1 } as Parameters<
      typeof server.search.suggest
    >[1])
  }
  expect(await suggesting(false)).toEqual(['绝密'])
  expect(await suggesting(true)).toEqual([])
})

it('keeps what a visitor wrote out of the log', () => {
  const kept = nameless('TypeError: cannot read “绝密” of "secret"\n    at find (app://ui/assets/a.js?绝:1:2)')
  expect(kept).not.toMatch(/绝密|secret|绝/)
  expect(kept).toContain('TypeError: cannot read')
  expect(kept).toContain('at find (app://ui/assets/a.js')
})

it('has no page of the visitor that opens a window of the system', () => {
  const folder = join(root, 'renderer/kiosk')
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
  expect(files.length).toBeGreaterThan(100)
  for (const file of files.filter((name) => /^kiosk\/.*\.(ts|vue|css)$/.test(name))) {
    const text = readFileSync(join(folder, '..', file), { encoding: 'utf8', flag: 'r' })
    expect(text, file).not.toMatch(
      /type="file"|window\.(open|print|alert|confirm|prompt)\(|showOpenFilePicker|target="_blank"/,
    )
  }
})
