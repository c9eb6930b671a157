import { expect, it } from 'vitest'
import { readsFromRight } from '../../../archive/page-order.ts'

const issue = (language: string, date: string, viewingDirection?: string) => ({
  title: { id: 't', name: 'T', language },
  date,
  ...(viewingDirection && { metadata: { viewingDirection } }),
})

it('reads papers set in columns from the right, unless the source says otherwise', () => {
  expect(readsFromRight(issue('zh-Hant', '1919-05-04'))).toBe(true)
  expect(readsFromRight(issue('zh-Hans', '2013-01-10'))).toBe(false)
  expect(readsFromRight(issue('de', '1919-05-04'))).toBe(false)
  expect(readsFromRight(issue('zh-Hant', '1919-05-04', 'left-to-right'))).toBe(false)
  expect(readsFromRight(issue('ja', '1999-01-01', 'right-to-left'))).toBe(true)
  expect(readsFromRight({ ...issue('de', '1919-05-04'), viewingDirection: 'right-to-left' })).toBe(true)
  expect(readsFromRight({ ...issue('zh-Hant', '1919-05-04'), viewingDirection: 'left-to-right' })).toBe(false)
})
