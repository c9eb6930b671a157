import { expect, it } from 'vitest'
import { diagnosticsText } from '../../../electron/diagnostics-text.ts'
import { defaultSettings } from '../../../electron/settings.ts'

it('tells what a helper needs, with archives as numbers and titles as counts', () => {
  const text = diagnosticsText({
    view: {
      versions: { program: '1.2.3', electron: '45', chromium: '140', node: '24', system: 'Linux x64', packaged: true },
      places: { data: '/home/li/d', logs: '/home/li/d/logs', crashes: '/home/li/d/crashes' },
      portable: true,
      refused: '/media/disc/profile',
      policy: { file: '/etc/banmian/policy.json', locked: ['theme'] },
      crashes: [{ name: 'a.dmp', time: '2026-01-02T03:04:05Z', bytes: 7 }],
    },
    test: [
      { check: 'archive', state: 'bad', details: { reason: 'not-found' }, archive: { number: 2, name: '机密日报' } },
      { check: 'sandbox', state: 'good', details: {} },
    ],
    settings: { ...defaultSettings('en'), pageOrders: { '0123/jimi': 'rtl' } },
    log: ['one', 'two'],
    impersonal: (line) => line.replaceAll('two', 'impersonal two'),
  })
  expect(text).toContain('Banmian 1.2.3\nElectron 45, Chromium 140, Node 24\nLinux x64\n')
  expect(text).toContain('portable: asked for, but the folder is read-only\npolicy: locks theme\n')
  expect(text).toContain('  bad   archive 2: reason not-found\n  good  sandbox\n')
  expect(text).toContain('  pageOrders: 1 kept\n')
  expect(text).toContain('  articleLook: face serif, ')
  expect(text).toContain('  2026-01-02T03:04:05Z 7 bytes\n')
  expect(text).toMatch(/Log, last 2 lines\n {2}one\n {2}impersonal two\n$/)
  for (const secret of ['机密', 'jimi', '/home/li']) expect(text).not.toContain(secret)
})
