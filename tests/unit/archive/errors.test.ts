import { expect, it } from 'vitest'
import { ArchiveError, errorCodes, explain, fromFileError, isErrorCode } from '../../../archive/errors.ts'

it('says every error in three languages with the same details', () => {
  for (const code of errorCodes) {
    const placeholders = (['zh-Hans', 'zh-Hant', 'en'] as const).map((language) =>
      [...explain(code, {}, language).matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort(),
    )
    expect(placeholders[1], code).toEqual(placeholders[0])
    expect(placeholders[2], code).toEqual(placeholders[0])
  }
})

it('fills details in and knows its own codes', () => {
  expect(explain('newer-format', { file: 'x', found: 9, known: 1 })).toContain('“x” has format version 9')
  expect(isErrorCode('cancelled')).toBe(true)
  expect(isErrorCode('toString')).toBe(false)
})

it.each([
  ['ENOENT', 'not-found'],
  ['ENOSPC', 'disk-full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'unreadable-file'],
])('understands %s as %s', (system, code) => {
  const error = fromFileError(Object.assign(new Error('x'), { code: system }), '/a/b')
  expect(error).toBeInstanceOf(ArchiveError)
  expect(error).toMatchObject({ code, details: { file: '/a/b' } })
})

it('leaves bugs as they are', () => {
  const bug = new TypeError('x is not a function')
  expect(fromFileError(bug, 'f')).toBe(bug)
})
