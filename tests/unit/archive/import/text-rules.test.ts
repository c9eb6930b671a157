import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanLine } from '../../../../archive/import/clean-text.ts'
import { decodeText } from '../../../../archive/import/encoding.ts'
import { dateInPath, dateInText } from '../../../../archive/import/founder-date.ts'
import { articleIdOf, isArticleName, isLayoutName } from '../../../../archive/import/founder-links.ts'
import { imageSize } from '../../../../archive/import/image-size.ts'
import { comparablePageLabel, parsePageLabel } from '../../../../archive/import/page-label.ts'
import { pngOf } from './source-fixture.ts'

describe('encodings', () => {
  const gbk = Buffer.from([0xd5, 0xe3, 0xbd, 0xad]) // 浙江
  const long = Buffer.from(`<meta charset=gb2312>${'壮大产业集群强化要素保障'}`)

  it.each([
    ['a byte order mark', Buffer.from('\ufeff版'), 'utf-8', '版'],
    ['UTF-16', Buffer.from('\ufeff版', 'utf16le'), 'utf-16le', '版'],
    [
      'a declared set',
      Buffer.concat([Buffer.from('<META content="text/html; charset=gb2312">'), gbk]),
      'gb18030',
      '浙江',
    ],
    ['no declaration, not UTF-8', gbk, 'gb18030', '浙江'],
    ['a wrong declaration over UTF-8', long, 'utf-8', '壮大产业'],
    ['UTF-8 declared over GB', Buffer.concat([Buffer.from('<meta charset="utf-8">'), gbk]), 'gb18030', '浙江'],
    ['an unknown declaration', Buffer.from('<meta charset=x-none>版面'), 'utf-8', '版面'],
    [
      'an XML declaration',
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>', 'latin1'),
      'windows-1252',
      'é',
    ],
    ['a cut last character', Buffer.from('版面版面').subarray(0, -1), 'utf-8', '版面版'],
  ])('reads %s', (_, bytes, encoding, part) => {
    const decoded = decodeText(bytes)
    expect(decoded.encoding).toBe(encoding)
    expect(decoded.text).toContain(part)
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof decodeText(bytes).text === 'string'))
  })
})

describe('page labels', () => {
  it.each([
    ['第01版：要闻', '01', '要闻'],
    ['A01： 头版', 'A01', '头版'],
    ['第 002 版：新闻', '002', '新闻'],
    ['第C04版：体育·娱乐', 'C04', '体育·娱乐'],
    ['第23版:今日沁阳/新春特刊', '23', '今日沁阳/新春特刊'],
    ['第Ａ０１版：要闻', 'A01', '要闻'],
    ['01版:要闻', '01', '要闻'],
    ['第三版：副刊', '三', '副刊'],
    ['第05版', '05', undefined],
    ['\u202E第06版：时\u200B事', '06', '时事'],
  ])('reads %s', (text, label, name) => {
    expect(parsePageLabel(text)).toEqual(name === undefined ? { label } : { label, name })
  })

  it.each(['上一版', '版面导航', '下一版', '2017年10月16日', '', '宁夏固原：红色旅游底色更足'])(
    'refuses %s',
    (text) => {
      expect(parsePageLabel(text)).toBeUndefined()
    },
  )

  it('compares labels of one page', () => {
    expect(['03', '3', '三', '第３'.slice(1)].map(comparablePageLabel)).toEqual(['3', '3', '3', '3'])
    expect(comparablePageLabel('a01')).toBe('A1')
    expect(comparablePageLabel('二十三')).toBe('23')
  })
})

describe('dates and names', () => {
  it.each([
    ['jxrb/html/2017-10/09/node_187.htm', '2017-10-09'],
    ['rmrb/pc/layout/202412/01/node_01.html', '2024-12-01'],
    ['Html/2012-05-06/Qpaper.html', '2012-05-06'],
    ['2010/07/08/9454__01.html', '2010-07-08'],
    ['a/index_2012-05-01.htm', '2012-05-01'],
    ['html/2017-13/40/node_1.htm', undefined],
  ])('finds the date of %s', (path, date) => expect(dateInPath(path)).toBe(date))

  it('reads printed dates', () => {
    expect(dateInText('2017\n 年\n 10\n 月 9 日\u3000星期一')).toBe('2017-10-09')
    expect(dateInText('2017-10-09 23:59:57')).toBe('2017-10-09')
    expect(dateInText('2017年2月31日')).toBeUndefined()
  })

  it('tells article pages from layout pages and takes their ids', () => {
    expect(['content_1.htm?div=-1', 'nw.D110000renmrb_20171016_1-01.htm', 'c123.html'].every(isArticleName)).toBe(true)
    expect(['node_187.htm', 'nbs.D110000renmrb_01.htm', 'node_A01.html', 'Qpaper.html'].every(isLayoutName)).toBe(true)
    expect(articleIdOf('./content_306582.htm?div=-1')).toBe('306582')
    expect(articleIdOf('content_187_52014.htm')).toBe('187_52014')
    expect(articleIdOf('../x/c98765.html')).toBe('98765')
  })

  it('measures pictures without decoding them, and survives any bytes', () => {
    expect(imageSize(pngOf(350, 500))).toEqual({ width: 350, height: 500, mime: 'image/png' })
    fc.assert(
      fc.property(
        fc.constantFrom('\xff\xd8', '\x89PNG', 'II*\0', 'RIFF....WEBPVP8X'),
        fc.uint8Array({ minLength: 40 }),
        (magic, rest) => {
          imageSize(Buffer.concat([Buffer.from(magic, 'latin1'), rest]))
        },
      ),
    )
  })

  it('cleans any text to one line', () => {
    expect(cleanLine(' 标\u202E题\r\n第二行\u3000 A\n B ')).toBe('标题第二行 A B')
    fc.assert(fc.property(fc.string(), (text) => !/[\n\u202E\0]/.test(cleanLine(text))))
  })
})
