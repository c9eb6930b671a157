import { expect, it } from 'vitest'
import { commandScore, pinyinInitials } from '../../../../renderer/shell/command-match.ts'
import { typedDate } from '../../../../renderer/shell/typed-date.ts'

it('knows the initials of pinyin for simplified and traditional characters', () => {
  expect(pinyinInitials('打开档案…')).toBe('dkda…')
  expect(pinyinInitials('搜索全部版面')).toBe('ssqbbm')
  expect(pinyinInitials('日历')).toBe('rl')
  expect(pinyinInitials('切换外观')).toBe('qhwg')
  expect(pinyinInitials('放大')).toBe('fd')
  expect(pinyinInitials('高对比 A+')).toBe('gdb A+')
})

it('puts the beginning of a text before its middle, words before letters, and knows what is not meant', () => {
  const order = ['Search all issues', 'Clear the search', 'Sepia reach'].map((text) => commandScore('search', text))
  expect(order[0]).toBeGreaterThan(order[1] ?? 0)
  expect(commandScore('search', 'Sepia')).toBe(0)
  expect(commandScore('nww', 'New window')).toBeGreaterThan(0)
  expect(commandScore('ss', '搜索')).toBeGreaterThan(commandScore('ss', '切换搜索'))
  expect(commandScore('切换', '切换外观')).toBeGreaterThan(0)
  expect(commandScore('外观 切', '切换外观')).toBeGreaterThan(0)
  expect(commandScore('', '切换外观')).toBeGreaterThan(0)
  expect(commandScore('历史', '切换外观')).toBe(0)
})

it('reads dates as they are typed, and refuses days that the calendar does not have', () => {
  for (const text of ['2013-01-10', '2013/1/10', '2013.1.10', '20130110', '2013年1月10日', '２０１３年１月１０日']) {
    expect(typedDate(text), text).toBe('2013-01-10')
  }
  expect(typedDate('2013年1月')).toBe('2013-01-01')
  expect(typedDate('1859')).toBe('1859-01-01')
  expect(typedDate('1月10日', 2013)).toBe('2013-01-10')
  expect(typedDate('1月10日')).toBeUndefined()
  for (const text of ['2013-02-29', '2013-13-01', '产业', '12', '0001-01-01', '20131301']) {
    expect(typedDate(text), text).toBeUndefined()
  }
  expect(typedDate('2012-02-29')).toBe('2012-02-29')
})
