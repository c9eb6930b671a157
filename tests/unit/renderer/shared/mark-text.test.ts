import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedParts, queryTerms } from '../../../../renderer/shared/mark-text.ts'

const marked = (text: string, query: string) =>
  markedParts(text, queryTerms(query))
    .filter((part) => part.mark)
    .map((part) => part.text)

describe('what a query asks to mark', () => {
  it('takes words and phrases, not operators, exclusions, pages or dates', () => {
    const texts = (query: string) => queryTerms(query).map((term) => term.text)
    expect(texts('产业集聚区 OR 開發區')).toEqual(['产业集聚区', '开发区'])
    expect(texts('“新春 走基层” -广告 NOT 公告')).toEqual(['新春走基层'])
    expect(texts('标题:园区 版:23 日期:2013-01 (春节 | 除夕)')).toEqual(['园区', '春节', '除夕'])
    expect(texts('— … -')).toEqual([])
    expect(texts('')).toEqual([])
  })
})

describe('marking', () => {
  it('marks original characters, whatever their width, case or form', () => {
    expect(marked('全省首批開發區，开发区', '开发区')).toEqual(['開發區', '开发区'])
    expect(marked('ＧＤＰ增长，gdp 为', 'GDP')).toEqual(['ＧＤＰ', 'gdp'])
    expect(marked('Le théâtre', 'theatre')).toEqual(['théâtre'])
    expect(marked('产业\n集聚区', '产业集聚区')).toEqual(['产业\n集聚区'])
  })

  it('keeps to whole words of letters, unless the query leaves the end open', () => {
    expect(marked('party art, state of the art', 'art')).toEqual(['art', 'art'])
    expect(marked('examine the exam', 'exam*')).toEqual(['exam', 'exam'])
  })

  it('joins what overlaps', () => {
    expect(marked('产业集聚区', '产业集聚 集聚区').join('')).toBe('产业集聚区')
  })

  it('never loses or changes a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (text, query) => {
        const parts = markedParts(text, queryTerms(query))
        expect(parts.map((part) => part.text).join('')).toBe(text)
      }),
    )
  })
})
