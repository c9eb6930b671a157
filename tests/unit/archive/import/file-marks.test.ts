import { expect, it } from 'vitest'
import { FileMarks, FilePositions } from '../../../../archive/import/file-marks.ts'

it('finds every path of a source, and no other', () => {
  const files = ['A', 'a', 'a/b', 'a/c', '（号外）', '𠮷']
  const positions = new FilePositions([...files].reverse())
  for (const file of files) expect(positions.own(file)).toBe(file)
  for (const file of ['', 'a/', 'b', '𠮷𠮷']) expect(positions.own(file)).toBeUndefined()
  expect(new FilePositions([]).of('a')).toBe(-1)
})

it('marks files, and passes over what the source does not list', () => {
  const marks = new FileMarks(['a', 'b', 'c'], ['issue', 'kept'])
  marks.set('a', 'issue')
  marks.set('c', 'issue')
  marks.set('b', 'kept')
  marks.set('a', 'kept')
  marks.set('elsewhere', 'kept')
  expect(['a', 'b', 'c', 'elsewhere'].map((file) => marks.has(file))).toEqual([true, true, true, false])
  expect([...marks.marked('issue')]).toEqual(['c'])
  expect([...marks.marked('kept')]).toEqual(['a', 'b'])
})
