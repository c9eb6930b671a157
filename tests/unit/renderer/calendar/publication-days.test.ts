import { describe, expect, it } from 'vitest'
import {
  firstShownDay,
  gapDays,
  heatOf,
  issuesPerYear,
  neighboursOf,
} from '../../../../renderer/calendar/publication-days.ts'
import { addDays, weekdayOf } from '../../../../renderer/shared/iso-date.ts'

function daily(
  first: string,
  days: number,
  published: (date: string, index: number) => boolean = () => true,
): string[] {
  return Array.from({ length: days }, (_, index) => addDays(first, index)).filter(published)
}

describe('gapDays', () => {
  it('finds the missing day of a daily', () => {
    const dates = daily('2013-01-01', 120, (date) => date !== '2013-02-13')
    expect([...gapDays(dates)]).toEqual(['2013-02-13'])
  })

  it('does not miss the Sundays of a paper that has none', () => {
    expect(gapDays(daily('2013-01-01', 200, (date) => weekdayOf(date) !== 6)).size).toBe(0)
  })

  it('knows only the days of a weekly', () => {
    const dates = daily('2013-01-04', 200, (date, index) => index % 7 === 0 && date !== '2013-03-01')
    expect([...gapDays(dates)]).toEqual(['2013-03-01'])
  })

  it('says nothing of the days before the first and after the last issue', () => {
    const gaps = gapDays(daily('2013-03-10', 60))
    expect(gaps.size).toBe(0)
  })

  it('follows a change of habit: years of weekdays only, then every day', () => {
    const dates = daily('2010-01-01', 730, (date, index) => index >= 365 || weekdayOf(date) < 5)
    const early = [...gapDays(dates)].filter((date) => date < '2010-11-01')
    expect(early).toEqual([])
  })

  it('takes a long silence for a silence, not for gaps', () => {
    const dates = [...daily('2010-01-01', 100), ...daily('2012-01-01', 100)]
    expect(gapDays(dates).has('2011-01-05')).toBe(false)
  })

  it('has no gaps without issues, with one, or with the same day twice', () => {
    expect(gapDays([]).size).toBe(0)
    expect(gapDays(['2013-01-10']).size).toBe(0)
    expect(gapDays(['2013-01-10', '2013-01-10', '2013-01-11']).size).toBe(0)
  })

  it('crosses leap days and the turn of the year', () => {
    const dates = daily('2011-12-01', 150, (date) => date !== '2012-02-29' && date !== '2011-12-31')
    expect([...gapDays(dates)]).toEqual(['2011-12-31', '2012-02-29'])
  })
})

it('counts issues per year without leaving years out', () => {
  expect(issuesPerYear(['2010-05-01', '2012-01-01', '2012-01-02'])).toEqual([
    { year: 2010, count: 1 },
    { year: 2011, count: 0 },
    { year: 2012, count: 2 },
  ])
  expect(issuesPerYear([])).toEqual([])
})

it('finds the issues before and after any day', () => {
  const dates = ['2013-01-01', '2013-01-03', '2013-01-07']
  expect(neighboursOf(dates, '2013-01-03')).toEqual({ before: '2013-01-01', after: '2013-01-07' })
  expect(neighboursOf(dates, '2013-01-05')).toEqual({ before: '2013-01-03', after: '2013-01-07' })
  expect(neighboursOf(dates, '2012-01-01')).toEqual({ before: undefined, after: '2013-01-01' })
  expect(neighboursOf(dates, '2014-01-01')).toEqual({ before: '2013-01-07', after: undefined })
  expect(neighboursOf([], '2014-01-01')).toEqual({ before: undefined, after: undefined })
})

it('opens at the last issue, but not at stray ones after the years that count', () => {
  expect(firstShownDay(['2012-05-01', '2013-01-01', '2013-01-02'])).toBe('2013-01-02')
  expect(firstShownDay(['2008-12-26', ...daily('2013-01-01', 9), '2021-01-15'])).toBe('2013-01-09')
  expect(firstShownDay([...daily('2012-01-01', 366), '2013-01-01', '2013-01-02', '2013-01-03'])).toBe('2013-01-03')
  expect(firstShownDay([])).toBeUndefined()
})

it('tints by the number of hits', () => {
  expect([0, 1, 2, 3, 5, 6, 400].map(heatOf)).toEqual([0, 1, 1, 2, 2, 3, 3])
})
