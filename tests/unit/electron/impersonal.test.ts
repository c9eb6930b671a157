import fc from 'fast-check'
import { expect, it } from 'vitest'
import { impersonalText } from '../../../electron/impersonal.ts'

const impersonal = impersonalText({
  program: '/home/li/banmian',
  data: '/home/li/.config/Banmian',
  home: '/home/li',
})

it('keeps a place in the program’s own code, and in its data', () => {
  expect(impersonal('Error: x\n    at run (/home/li/banmian/out/main/main.cjs:12:3)')).toBe(
    'Error: x\n    at run (<program>/out/main/main.cjs:12:3)',
  )
  expect(impersonal('EACCES: open "/home/li/.config/Banmian/settings.json"')).toBe(
    'EACCES: open "<data>/settings.json"',
  )
})

it('names no file of anybody’s home', () => {
  expect(impersonal("ENOENT: no such file, open '/home/li/我的 日记/secret.txt'")).toBe(
    "ENOENT: no such file, open '~'",
  )
  expect(impersonal('opening /home/wang/旧报: not-found')).toBe('opening ~: not-found')
  expect(impersonal('C:\\Users\\Anna Li\\Desktop\\x.pdf: broken')).toBe('~: broken')
  expect(impersonal('/Users/anna/x and more, too')).toBe('~, too')
  expect(impersonal('/home/lisbeth/x')).toBe('~')
  expect(impersonal('/srv/newspapers/jcrb')).toBe('/srv/newspapers/jcrb')
})

it('says nothing of what was asked', () => {
  expect(impersonal('interface: bad (app://ui/index.html#/a/0123/search?q=%E6%9D%8E&x=1:4)')).toBe(
    'interface: bad (app://ui/index.html#/a/0123/search?…)',
  )
  expect(impersonal('opening banmian://a/b?q=李 bad')).toBe('opening banmian://a/b?… bad')
})

it('never leaves a name that stands below a home, whatever it is', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9\u4e00-\u9fff _.-]{3,12}$/).filter((each) => each.trim() !== '')
  fc.assert(
    fc.property(name, fc.constantFrom('/home/li/', '/home/other/', 'C:\\Users\\x\\'), (file, home) => {
      expect(impersonal(`open "${home}secret${file}/q" failed`)).not.toContain(`secret${file}`)
    }),
  )
})
