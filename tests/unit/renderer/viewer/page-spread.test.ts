import { expect, it } from 'vitest'
import type { PageView } from '../../../../electron/bridge/views.ts'
import { besideFrom, besideText } from '../../../../renderer/viewer/beside-place.ts'
import { axisMarks, daysInSight, nearestDay, steppedDay } from '../../../../renderer/viewer/day-axis.ts'
import { framed, onSheet, openedAt, sheetOf, wholeFrame } from '../../../../renderer/viewer/page-spread.ts'

const page = (id: string, width = 1000, height = 1400): PageView => ({
  id,
  label: id,
  name: '',
  width,
  height,
  zones: [],
})

it('opens the front page alone and then two that face each other', () => {
  expect([0, 1, 2, 3, 4, 5].map((index) => openedAt(index, 6))).toEqual([
    { first: 0, last: 0 },
    { first: 1, last: 2 },
    { first: 1, last: 2 },
    { first: 3, last: 4 },
    { first: 3, last: 4 },
    { first: 5, last: 5 },
  ])
})

it('lays pages beside each other equally high, in the order they are bound', () => {
  const sheet = sheetOf([page('2'), page('3', 500, 700)], false)
  expect([sheet.width, sheet.height]).toEqual([2000, 1400])
  expect(sheet.pages.map((one) => [one.page.id, one.frame])).toEqual([
    ['2', { x: 0, w: 0.5 }],
    ['3', { x: 0.5, w: 0.5 }],
  ])
  expect(sheetOf([page('2'), page('3')], true).pages.map((one) => one.page.id)).toEqual(['3', '2'])
  expect(sheetOf([page('1')], true)).toMatchObject({ width: 1000, height: 1400, pages: [{ frame: wholeFrame }] })
  // A page without a picture takes the room of a usual one.
  expect(sheetOf([page('2'), page('3', 0, 0)], false).pages[1]?.frame.w).toBeCloseTo(990 / 1990, 3)
})

it('finds a box of a page on its half of the sheet', () => {
  const right = { x: 0.5, w: 0.5 }
  expect(onSheet({ x: 0.5, y: 0.1, w: 0.2, h: 0.3 }, right)).toEqual({ x: 0.75, y: 0.1, w: 0.1, h: 0.3 })
  expect(framed({ x: 10, y: 5, width: 400, height: 300 }, right)).toEqual({ x: 210, y: 5, width: 200, height: 300 })
})

it('names a page beside another in the address', () => {
  const place = { issue: { title: 'jcrb', date: '2013-01-10', edition: 2 }, page: 'p3' }
  expect(besideFrom(besideText(place))).toEqual(place)
  expect(besideFrom('jcrb/yesterday/1/p1')).toBeUndefined()
})

const days = ['2013-01-01', '2013-01-02', '2013-01-05', '2013-02-01', '2013-06-01']

it('finds the nearest day, before and after the first and the last', () => {
  expect(
    ['2012-01-01', '2013-01-03', '2013-01-04', '2013-01-20', '2020-01-01'].map((d) => nearestDay(days, d)),
  ).toEqual([0, 1, 2, 3, 4])
  expect(nearestDay([], '2013-01-01')).toBe(-1)
})

it('leafs by issues and by months, and never beyond the ends', () => {
  expect(steppedDay(days, 2, 'issue', 1)).toBe(3)
  expect(steppedDay(days, 0, 'issue', -1)).toBe(0)
  expect(steppedDay(days, 0, 'month', 1)).toBe(3)
  // The nearest to a month later is the same one: then the next.
  expect(steppedDay(days, 3, 'month', 1)).toBe(4)
})

it('draws what is in sight only', () => {
  expect(daysInSight(days, '2013-01-03', 40, 10)).toEqual({ from: 0, to: 3 })
  expect(daysInSight(days, '2013-06-01', 40, 10)).toEqual({ from: 4, to: 5 })
  expect(axisMarks('2013-01-16', 300, 10).map((mark) => mark.date)).toEqual(['2012-12-01', '2013-01-01', '2013-02-01'])
  expect(axisMarks('2013-06-30', 1000, 1).map((mark) => [mark.date, mark.isYear])).toEqual([
    ['2012-01-01', true],
    ['2013-01-01', true],
    ['2014-01-01', true],
  ])
})
