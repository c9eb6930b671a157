import { describe, expect, it } from 'vitest'
import type { TrendsView } from '../../../../electron/bridge/views.ts'
import { chartShapes, chartSvg } from '../../../../renderer/trends/trend-chart.ts'
import { trendPoints, trendsCsv } from '../../../../renderer/trends/trend-series.ts'

const trends: TrendsView = {
  months: [
    { month: '1949-10', issues: 2, articles: 20, words: 500_000 },
    { month: '1949-12', issues: 1, articles: 10, words: 250_000 },
    { month: '1951-02', issues: 3, articles: 0, words: 0 },
  ],
  queries: [
    { text: '产业', total: 6, months: { '1949-10': 4, '1949-12': 2 } },
    { text: '=SUM(A1), "x"', total: 0, months: {} },
  ],
  damaged: false,
}

describe('hits over time', () => {
  it('are set against the words of the same months, and a hole in the archive is no zero', () => {
    const months = trendPoints(trends, 'month', 'per-words')
    expect(months).toHaveLength(17)
    expect(months.map(({ label }) => label).slice(0, 4)).toEqual(['1949-10', '1949-11', '1949-12', '1950-01'])
    // Half as many hits in half as many words is as often.
    expect(months[0]!.values).toEqual([8, 0])
    expect(months[2]!.values).toEqual([8, 0])
    expect(months[1]!.values).toEqual([undefined, undefined])
    // Issues without words: nothing to measure by.
    expect(months[16]!.values).toEqual([undefined, undefined])
  })

  it('are added up to years, also those of which there is nothing', () => {
    const years = trendPoints(trends, 'year', 'per-words')
    expect(years.map(({ label, counts, values }) => [label, counts[0], values[0]])).toEqual([
      ['1949', 6, 8],
      ['1950', 0, undefined],
      ['1951', 0, undefined],
    ])
    expect(trendPoints(trends, 'year', 'share')[0]!.values[0]).toBeCloseTo(20)
    expect(trendPoints(trends, 'year', 'articles')[2]!.values).toEqual([0, 0])
  })

  it('have the dates of their months, leap years included', () => {
    const [february] = trendPoints(
      { ...trends, months: [{ ...trends.months[0]!, month: '1952-02' }] },
      'month',
      'share',
    )
    expect([february!.from, february!.to]).toEqual(['1952-02-01', '1952-02-29'])
    expect(trendPoints({ ...trends, months: [] }, 'year', 'share')).toEqual([])
  })

  it('leave as CSV, where a query is never a formula', () => {
    const rows = trendsCsv(trends, trendPoints(trends, 'year', 'articles')).split('\r\n')
    expect(rows[0]).toBe('\ufeffperiod,issues,articles,words,产业,"\'=SUM(A1), ""x"""')
    expect(rows[1]).toBe('1949,3,30,750000,6,0')
    expect(rows).toHaveLength(5)
  })
})

describe('the chart', () => {
  const points = trendPoints(trends, 'month', 'per-words')
  const shapes = chartShapes(points, 900, 360)

  it('breaks its line where the archive has nothing', () => {
    expect(shapes.lines[0]!.dots.map(({ index }) => index)).toEqual([0, 2])
    expect(shapes.lines[0]!.path.match(/[ML]/g)).toEqual(['M', 'M'])
    expect(shapes.lines[1]!.dots.every(({ y }) => y === shapes.bottom)).toBe(true)
    expect(shapes.levels.at(-1)!.value).toBeGreaterThanOrEqual(8)
  })

  it('leaves as SVG in which nothing of a query is markup', () => {
    const svg = chartSvg(shapes, {
      title: '<script>&\u0000',
      names: trends.queries.map(({ text }) => text),
      colours: ['#34507a'],
      source: '馆藏 "甲"',
      number: String,
    })
    expect(svg).not.toMatch(/<script|\u0000/)
    expect(svg).toContain('<title>&#60;script&#62;&#38;</title>')
    expect(svg.match(/<circle/g)).toHaveLength(2 + 4)
    const opened = svg.match(/<(?!\?|\/)[^>]*[^/]>/g)!.length
    expect(opened).toBe(svg.match(/<\//g)!.length)
  })
})

it('the axis names each January, or each tenth year, and not every eleventh month', () => {
  const months = Array.from({ length: 146 }, (_, at) => {
    const month = 2008 * 12 + 11 + at
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
  const point = { from: '', to: '', issues: 1, articles: 1, words: 1, counts: [1], values: [1] }
  const named = (labels: string[]) =>
    chartShapes(
      labels.map((label) => ({ ...point, label })),
      900,
      300,
    ).ticks.map(({ label }) => label)
  expect(named(months)).toEqual(Array.from({ length: 13 }, (_, at) => String(2009 + at)))
  expect(named(['1949-10', '1949-11', '1949-12'])).toEqual(['1949-10', '1949-11', '1949-12'])
  const century = Array.from({ length: 101 }, (_, at) => String(1904 + at))
  expect(named(century)).toEqual(['1910', '1920', '1930', '1940', '1950', '1960', '1970', '1980', '1990', '2000'])
})
