import { expect, it } from 'vitest'
import { warningsByCode } from '../../../../renderer/jobs/warnings-by-code.ts'

it('puts the most frequent kind first and keeps kinds it does not know', () => {
  const warning = (code: string, file: string) => ({ code, file, message: file })
  const groups = warningsByCode([
    warning('missing-image', 'a'),
    warning('bad-coordinates', 'b'),
    warning('from-the-future', 'c'),
    warning('bad-coordinates', 'd'),
  ])
  expect(groups.map((group) => [group.code, group.warnings.map((each) => each.file)])).toEqual([
    ['bad-coordinates', ['b', 'd']],
    ['missing-image', ['a']],
    [undefined, ['c']],
  ])
})
