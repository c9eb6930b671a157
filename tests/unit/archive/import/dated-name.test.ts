import { expect, it } from 'vitest'
import { placeInName } from '../../../../archive/import/dated-name.ts'

it.each([
  ['rmrb2017101601.pdf', 'rmrb', '2017-10-16', '01'],
  ['ZGLYB2017101301.pdf', 'ZGLYB', '2017-10-13', '01'],
  ['resfile/2026-07-23/001/hnrb20260723001.pdf', 'hnrb', '2026-07-23', '001'],
  ['201707221_pdf.pdf', undefined, '2017-07-22', '1'],
  ['jxrb/page/186/2017-10-09/A01/51281507497937890.pdf', 'jxrb', '2017-10-09', 'A01'],
  ['人民日报/2017/10/16/01.pdf', '人民日报', '2017-10-16', '01'],
  ['人民日报/2017-10/16/A01.pdf', '人民日报', '2017-10-16', 'A01'],
  ['人民日报 2017年10月16日 第01版：要闻.pdf', '人民日报', '2017-10-16', '01 要闻'],
  ['人民日报2017年10月16日第01版.pdf', '人民日报', '2017-10-16', '01'],
  ['2017-10-16 人民日报.pdf', '人民日报', '2017-10-16', undefined],
  ['人民日报/2017-10-16/A01版_要闻.pdf', '人民日报', '2017-10-16', 'A01 要闻'],
  ['人民日报_20171016_A02_文化.pdf', '人民日报', '2017-10-16', 'A02 文化'],
  ['人民日报_20171016.pdf', '人民日报', '2017-10-16', undefined],
  ['The Times 21 Feb 1859 p3.pdf', 'The Times', '1859-02-21', '3'],
  ['times-1859-02-21-page-12.pdf', 'times', '1859-02-21', '12'],
  ['Evening Star February 21, 1859.pdf', 'Evening Star', '1859-02-21', undefined],
  ['NZZ 21.02.1859 Seite 2.pdf', 'NZZ', '1859-02-21', '2'],
  ['18451228_01.pdf', undefined, '1845-12-28', '01'],
  ['FAL_1762_12_07.pdf', 'FAL', '1762-12-07', undefined],
  ['2017-10-16/1.pdf', undefined, '2017-10-16', '1'],
  ['20170231.pdf', undefined, undefined, undefined],
  ['report.pdf', undefined, undefined, undefined],
])('reads %s', (path, title, date, page) => {
  const place = placeInName(path)
  expect([place.title, place.date]).toEqual([title, date])
  expect(place.page && [place.page.label, place.page.name].filter(Boolean).join(' ')).toBe(page)
})
