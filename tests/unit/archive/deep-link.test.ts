import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDeepLink, makeDeepLink, parseDeepLink, type DeepLink } from '../../../archive/deep-link.ts'

const archive = '0123456789abcdef'
const whole: DeepLink = {
  archive,
  name: '焦城报业 档案',
  title: 'jcrb',
  date: '2013-01-10',
  edition: 2,
  page: '23',
  pageId: 'p7',
  article: 'content_8061.htm',
  q: '"产业 集聚" -广告',
  hit: 4,
  region: { x: 0.1, y: 0.25, w: 0.5, h: 0.125 },
}

describe('a link to a place', () => {
  it('says everything and is read back', () => {
    const text = makeDeepLink(whole)
    expect(text).toMatch(/^banmian:\/\/0123456789abcdef\/jcrb\/2013-01-10\/23\?edition=2&id=p7&/)
    expect(text).toContain('xywh=percent:10,25,50,12.5')
    expect(text).not.toMatch(/[\s"<>()']/)
    expect(parseDeepLink(text)).toEqual(whole)
  })

  it.each([
    [`banmian://${archive}`, { archive }],
    [`banmian://${archive}/`, { archive }],
    [`BANMIAN://${archive.toUpperCase()}/jcrb`, { archive, title: 'jcrb' }],
    [`banmian://${archive}/jcrb/2012-02-29/`, { archive, title: 'jcrb', date: '2012-02-29' }],
    [`banmian://${archive}?q=a+b%2B&later=1#x`, { archive, q: 'a b+' }],
    [`banmian://${archive}/jcrb/2013-01-10/A%2F1`, { archive, title: 'jcrb', date: '2013-01-10', page: 'A/1' }],
  ])('%s', (text, link) => expect(parseDeepLink(text)).toEqual(link))

  it('of the first edition with a label that says enough is short', () => {
    const link = { archive, title: 'jcrb', date: '2013-01-10', edition: 1, page: '01' }
    expect(makeDeepLink(link)).toBe(`banmian://${archive}/jcrb/2013-01-10/01`)
  })

  it('keeps to the page where the view reaches beyond it', () => {
    const text = makeDeepLink({ archive, region: { x: -0.2, y: 0.5, w: 1.4, h: 0.75 } })
    expect(parseDeepLink(text).region).toEqual({ x: 0, y: 0.5, w: 1, h: 0.5 })
  })

  it('comes back the same, whatever labels, ids and queries are made of', () => {
    const word = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((text) => !/\p{Cc}/u.test(text))
    const filled = fc.record({ page: word, pageId: word, article: word, q: word, name: word })
    fc.assert(
      fc.property(filled, (fields) => {
        const link = { archive, title: 'jcrb', date: '2013-01-10', ...fields }
        expect(parseDeepLink(makeDeepLink(link))).toEqual(link)
      }),
    )
  })
})

describe('a link that is none', () => {
  it.each([
    'banmian:',
    'banmian://',
    'banmian://../../etc/passwd',
    'banmian://0123456789abcde/jcrb',
    `banmian:${archive}`,
    `banmian://user@${archive}/jcrb`,
    `banmian://${archive}:80/jcrb`,
    `banmian://${archive}/..%2F..%2Fetc/2013-01-10`,
    `banmian://${archive}/JCRB;rm -rf`,
    `banmian://${archive}/jcrb/2013-02-30`,
    `banmian://${archive}/jcrb/10.1.2013`,
    `banmian://${archive}/jcrb/2013-01-10/1/2/3`,
    `banmian://${archive}/jcrb/2013-01-10/%00`,
    `banmian://${archive}/jcrb/2013-01-10/%E4%BD`,
    `banmian://${archive}?q=%ZZ`,
    `banmian://${archive}?hit=-1`,
    `banmian://${archive}?hit=1e9`,
    `banmian://${archive}?xywh=percent:0,0,0,10`,
    `banmian://${archive}?xywh=percent:90,0,20,10`,
    `banmian://${archive}?xywh=0,0,10,10`,
    `banmian://${archive}?xywh=percent:1,2,3,4,5`,
    `banmian://${archive}?q=${'x'.repeat(600)}`,
    `banmian://${archive}?${'x'.repeat(5000)}`,
  ])('%s is refused with its code', (text) => {
    expect(() => parseDeepLink(text)).toThrow(expect.objectContaining({ code: 'bad-link' }))
    expect(isDeepLink(text)).toBe(true)
  })

  it('is refused whatever it is, and never breaks the program', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (rest) => {
        try {
          expect(parseDeepLink(`banmian://${rest}`).archive).toMatch(/^[0-9a-f]{16}$/)
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-link' })
        }
      }),
    )
  })

  it.each(['/home/reader/archive', 'https://example.org', 'banmian'])('%s does not claim to be one', (text) =>
    expect(isDeepLink(text)).toBe(false),
  )
})
