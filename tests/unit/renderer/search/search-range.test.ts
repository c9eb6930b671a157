import { describe, expect, it } from 'vitest'
import { parseDay } from '../../../../renderer/shared/written-day.ts'
import { barsOf, inRange, monthsOfRange, rangeOf } from '../../../../renderer/search/histogram.ts'

describe('bars', () => {
  const years = barsOf([
    { month: '2004-11', count: 2 },
    { month: '2004-12', count: 3 },
    { month: '2007-01', count: 7 },
  ])

  it('are years without holes when they span many', () => {
    expect(years.map(({ label, count }) => [label, count])).toEqual([
      ['2004', 5],
      ['2005', 0],
      ['2006', 0],
      ['2007', 7],
    ])
  })

  it('are months when the years are few', () => {
    const bars = barsOf([
      { month: '2012-12', count: 1 },
      { month: '2013-02', count: 4 },
    ])
    expect(bars.map(({ label, to, count }) => [label, to, count])).toEqual([
      ['2012-12', '2012-12-31', 1],
      ['2013-01', '2013-01-31', 0],
      ['2013-02', '2013-02-28', 4],
    ])
    expect(barsOf([])).toEqual([])
  })

  it('are the months of the chosen years', () => {
    const hits = [
      { month: '2004-11', count: 2 },
      { month: '2005-03', count: 3 },
      { month: '2007-01', count: 7 },
    ]
    const months = monthsOfRange(hits, '2004-06-01', '2005-02-28')
    expect(months).toHaveLength(24)
    expect(months.filter(({ count }) => count > 0)).toEqual(hits.slice(0, 2))
    expect(barsOf(months, 'month')).toHaveLength(24)
    expect(monthsOfRange(hits, '2004-01-01', '2007-12-31')).toEqual([])
    expect(monthsOfRange(hits, '2004-01-01', undefined)).toEqual([])
  })

  it('give the dates of a drag in either direction', () => {
    expect(rangeOf(years, 2, 1)).toEqual({ from: '2005-01-01', to: '2006-12-31' })
    expect(rangeOf(years, 1, 1)).toEqual({ from: '2005-01-01', to: '2005-12-31' })
    expect(rangeOf([], 0, 0)).toBeUndefined()
  })

  it('are in the range when a day of theirs is', () => {
    const chosen = years.map((bar) => inRange(bar, '2005-06-01', '2006-02-01'))
    expect(chosen).toEqual([false, true, true, false])
    expect(years.every((bar) => inRange(bar, undefined, undefined))).toBe(true)
  })
})

describe('parseDay', () => {
  it('fills what is left out', () => {
    expect(parseDay('2013', 'first')).toBe('2013-01-01')
    expect(parseDay('2013', 'last')).toBe('2013-12-31')
    expect(parseDay('2012-2', 'last')).toBe('2012-02-29')
    expect(parseDay('2013年1月', 'first')).toBe('2013-01-01')
  })

  it('reads a day as people write it', () => {
    for (const text of ['2013-01-10', '2013.1.10', '2013/1/10', '2013年1月10日', ' 2013-1-10 ']) {
      expect(parseDay(text, 'first'), text).toBe('2013-01-10')
    }
  })

  it('refuses what is no date', () => {
    for (const text of ['', 'abc', '2013-13', '2013-02-30', '13-01-10', '2013-00-01']) {
      expect(parseDay(text, 'last'), text).toBeUndefined()
    }
  })
})
