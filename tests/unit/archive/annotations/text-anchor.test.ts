import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findQuote, quoteIn } from '../../../../archive/annotations/text-anchor.ts'

const text =
  '壮大产业集群 强化要素保障\n本报讯（记者 李明）1月9日，全市产业集聚区建设工作会议召开。会议强调，要壮大产业集群，强化要素保障，奋力打造一流产业集聚区。\n会议要求，各县（市）区要抓住机遇，乘势而上。'

function found(changed: string, exact: string, from = text.lastIndexOf(exact)): string | undefined {
  const place = findQuote(changed, quoteIn(text, from, from + exact.length))
  return place && changed.slice(place.start, place.end)
}

describe('a quote', () => {
  it('is found where it was', () => {
    const from = text.lastIndexOf('壮大产业集群')
    expect(findQuote(text, quoteIn(text, from, from + 6))).toEqual({ start: from, end: from + 6 })
  })

  it('is told from the same words elsewhere by what stands around it', () => {
    const from = text.lastIndexOf('壮大产业集群')
    const changed = `新加的一段，也说壮大产业集群。\n${text}`
    expect(findQuote(changed, quoteIn(text, from, from + 6))?.start).toBe(changed.lastIndexOf('壮大产业集群'))
  })

  it('is found with other spaces, widths and line breaks', () => {
    expect(found(text.replace('要壮大产业集群，强化', '要壮大产业\n集群,  强化'), '壮大产业集群，强化要素保障')).toBe(
      '壮大产业\n集群,  强化要素保障',
    )
  })

  it('is found with the wrong characters of another OCR', () => {
    expect(found(text.replace('奋力打造一流', '奋力扛造一琉'), '奋力打造一流产业集聚区')).toBe('奋力扛造一琉产业集聚区')
    expect(
      found(text.replace('各县（市）区要抓住机遇', '各县(市区要抓住机逼'), '各县（市）区要抓住机遇，乘势而上'),
    ).toBe('各县(市区要抓住机逼，乘势而上')
  })

  it('is lost when it is not there any more', () => {
    expect(found('今天天气晴朗，宜出行。全市降水稀少。', '奋力打造一流产业集聚区')).toBeUndefined()
    expect(found('', '奋力打造一流产业集聚区')).toBeUndefined()
  })
})

it('finds every stretch of any text again after something was put before it', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(texts, texts, fc.nat(), fc.nat(), (before, own, one, other) => {
      const start = Math.min(one % own.length, other % own.length)
      const end = Math.max(one % own.length, other % own.length) + 1
      const quote = quoteIn(own, start, end)
      const place = findQuote(before + own, quote)
      expect(place && (before + own).slice(place.start, place.end)).toBe(quote.exact)
    }),
    { numRuns: 300 },
  )
})
