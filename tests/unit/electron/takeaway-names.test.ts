import { expect, it } from 'vitest'
import { portableName } from '../../../electron/takeaway.ts'

it.each([
  ['焦城日报-2013-01-10-第23版-奋力打造', '焦城日报-2013-01-10-第23版-奋力打造.pdf'],
  ['../../etc/passwd', 'etc-passwd.pdf'],
  ['a/b\\c:d*e?f"g<h>i|j\u0000k', 'a-b-c-d-e-f-g-h-i-j-k.pdf'],
  ['今日沁阳/新春特刊', '今日沁阳-新春特刊.pdf'],
  ['con', 'con-.pdf'],
  ['   ...', 'banmian.pdf'],
  ['\u202Egpj.exe', 'gpj.exe.pdf'],
])('%j becomes %s', (name, expected) => expect(portableName(name, 'pdf')).toBe(expected))

it('is short enough for every file system', () => {
  expect(Buffer.byteLength(portableName('版'.repeat(500), 'png'))).toBeLessThan(255)
})
