import { expect, it } from 'vitest'
import { checkSender, isLocal, originOf, placeOf } from '../../../electron/origins.ts'

const ours = ['app://ui']

it('knows origins of schemes that URL does not', () => {
  expect(originOf('app://ui/index.html#/x')).toBe('app://ui')
  expect(originOf('about:blank')).not.toBe('app://ui')
  expect(originOf('nonsense')).toBe('')
})

it('answers the main frame of our own page only', () => {
  const frame = { url: 'app://ui/index.html' }
  expect(() => checkSender({ sender: { mainFrame: frame }, senderFrame: frame }, ours)).not.toThrow()
  const refused = [
    { sender: { mainFrame: frame }, senderFrame: { url: 'app://ui/index.html' } },
    { sender: { mainFrame: frame }, senderFrame: null },
    ...['about:blank', 'https://app/ui', 'app://ui.evil/', 'file:///etc/passwd', 'app://evil/?app://ui'].map((url) => {
      const other = { url }
      return { sender: { mainFrame: other }, senderFrame: other }
    }),
  ]
  for (const event of refused) {
    expect(() => checkSender(event, ours)).toThrow(expect.objectContaining({ code: 'bad-request' }))
  }
})

it('keeps every request on this machine', () => {
  for (const url of [
    'app://ui/x.js',
    'archive://0123456789abcdef/page/1/0',
    'data:image/png;base64,',
    'blob:app://ui/1',
  ]) {
    expect(isLocal(url, ours)).toBe(true)
  }
  for (const url of [
    'http://localhost:5173/',
    'https://example.org/',
    'ws://localhost/',
    'file:///etc/passwd',
    'ftp://x',
    '//x',
  ]) {
    expect(isLocal(url, ours)).toBe(false)
  }
  const development = [...ours, 'http://localhost:5173']
  expect(isLocal('ws://localhost:5173/', development)).toBe(true)
  expect(isLocal('http://localhost:5174/', development)).toBe(false)
  expect(isLocal('https://localhost:5173/', development)).toBe(false)
})

it('gives a window of its own only to places of the interface', () => {
  expect(placeOf('app://ui/index.html#/a/0123456789abcdef/search?q=%E5%B8%82', ours)).toBe(
    '/a/0123456789abcdef/search?q=%E5%B8%82',
  )
  for (const url of [
    'app://ui/index.html',
    'app://ui/other.html#/a',
    'app://evil/index.html#/a',
    'https://example.org/#/a',
    'app://ui/index.html#javascript:alert(1)',
    'about:blank#/a',
    `app://ui/index.html#/${'x'.repeat(3000)}`,
  ])
    expect(placeOf(url, ours), url).toBeUndefined()
})
