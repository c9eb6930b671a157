import { describe, expect, it } from 'vitest'
import type { NotePlace } from '../../../../archive/annotations/annotation-model.ts'
import { newAnnotation, noteOf } from '../../../../archive/annotations/annotation-record.ts'
import { authorsOf, itemOfNote, itemOfPlace } from '../../../../archive/annotations/citation-item.ts'
import { cite } from '../../../../archive/annotations/citations.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'

type About = NonNullable<NotePlace['article']>
const about = (article: Partial<About>): NotePlace['article'] => ({
  ...somePlace().article!,
  ...article,
})

interface Case {
  place: NotePlace
  pages: string[]
  gbt7714: string
  chicago: string
  mla: string
  apa: string
}

const english: Partial<NotePlace> = { titleName: 'The Jiaocheng Times', language: 'en' }

/** Written by hand after the standards' text: GB/T 7714—2015 8.8, Chicago 17 14.191–198, MLA 9, APA 7 10.1. */
const cases: Record<string, Case> = {
  'one author': {
    place: somePlace(),
    pages: ['01'],
    gbt7714: '李明. 壮大产业集群 强化要素保障[N]. 焦城日报, 2013-01-10(01).',
    chicago: '李明. “壮大产业集群 强化要素保障.” 焦城日报, January 10, 2013, 01.',
    mla: '李明. “壮大产业集群 强化要素保障.” 焦城日报, 10 Jan. 2013, p. 01.',
    apa: '李明. (2013, January 10). 壮大产业集群 强化要素保障. 焦城日报, 01.',
  },
  'two authors as a byline prints them': {
    place: somePlace({ article: about({ byline: '本报记者 李 明 通讯员 王芳', headline: '春耕备耕忙' }) }),
    pages: ['A02'],
    gbt7714: '李明, 王芳. 春耕备耕忙[N]. 焦城日报, 2013-01-10(A02).',
    chicago: '李明 and 王芳. “春耕备耕忙.” 焦城日报, January 10, 2013, A02.',
    mla: '李明 and 王芳. “春耕备耕忙.” 焦城日报, 10 Jan. 2013, p. A02.',
    apa: '李明 & 王芳. (2013, January 10). 春耕备耕忙. 焦城日报, A02.',
  },
  'more than three authors': {
    place: somePlace({ article: about({ byline: '记者 张三 李四 王五 赵六', headline: '城市新貌' }) }),
    pages: ['03'],
    gbt7714: '张三, 李四, 王五, 等. 城市新貌[N]. 焦城日报, 2013-01-10(03).',
    chicago: '张三, 李四, 王五, and 赵六. “城市新貌.” 焦城日报, January 10, 2013, 03.',
    mla: '张三, et al. “城市新貌.” 焦城日报, 10 Jan. 2013, p. 03.',
    apa: '张三, 李四, 王五, & 赵六. (2013, January 10). 城市新貌. 焦城日报, 03.',
  },
  'no author': {
    place: somePlace({ article: about({ byline: undefined, headline: '市委召开会议' }) }),
    pages: ['01'],
    gbt7714: '市委召开会议[N]. 焦城日报, 2013-01-10(01).',
    chicago: '“市委召开会议.” 焦城日报, January 10, 2013, 01.',
    mla: '“市委召开会议.” 焦城日报, 10 Jan. 2013, p. 01.',
    apa: '市委召开会议. (2013, January 10). 焦城日报, 01.',
  },
  'a second edition of the day': {
    place: somePlace({ edition: 2, article: about({ byline: '李明', headline: '号外' }) }),
    pages: ['01'],
    gbt7714: '李明. 号外[N]. 焦城日报, 2013-01-10(第2次出刊 01).',
    chicago: '李明. “号外.” 焦城日报, January 10, 2013, 2nd ed., 01.',
    mla: '李明. “号外.” 焦城日报, 10 Jan. 2013, 2nd ed., p. 01.',
    apa: '李明. (2013, January 10). 号外. 焦城日报 (2nd ed.), 01.',
  },
  'a supplement': {
    place: somePlace({ edition: 2, supplement: '新春特刊', article: about({ headline: '年味' }) }),
    pages: ['T04'],
    gbt7714: '李明. 年味[N]. 焦城日报, 2013-01-10(新春特刊 T04).',
    chicago: '李明. “年味.” 焦城日报, January 10, 2013, 新春特刊, T04.',
    mla: '李明. “年味.” 焦城日报, 10 Jan. 2013, 新春特刊, p. T04.',
    apa: '李明. (2013, January 10). 年味. 焦城日报, 新春特刊, T04.',
  },
  'an article continued on another page': {
    place: somePlace({ article: about({ headline: '十年回顾', pages: ['01', '04'] }) }),
    pages: ['01', '04'],
    gbt7714: '李明. 十年回顾[N]. 焦城日报, 2013-01-10(01, 04).',
    chicago: '李明. “十年回顾.” 焦城日报, January 10, 2013, 01, 04.',
    mla: '李明. “十年回顾.” 焦城日报, 10 Jan. 2013, pp. 01+.',
    apa: '李明. (2013, January 10). 十年回顾. 焦城日报, 01, 04.',
  },
  'a page without label': {
    place: somePlace({ page: { id: 'p1', label: '', name: '' }, article: about({ headline: '启事' }) }),
    pages: [''],
    gbt7714: '李明. 启事[N]. 焦城日报, 2013-01-10.',
    chicago: '李明. “启事.” 焦城日报, January 10, 2013.',
    mla: '李明. “启事.” 焦城日报, 10 Jan. 2013.',
    apa: '李明. (2013, January 10). 启事. 焦城日报.',
  },
  'a whole page': {
    place: somePlace({ article: undefined }),
    pages: ['01'],
    gbt7714: '要闻[N]. 焦城日报, 2013-01-10(01).',
    chicago: '“要闻.” 焦城日报, January 10, 2013, 01.',
    mla: '“要闻.” 焦城日报, 10 Jan. 2013, p. 01.',
    apa: '要闻. (2013, January 10). 焦城日报, 01.',
  },
  'a whole issue': {
    place: somePlace({ article: undefined, page: undefined }),
    pages: [],
    gbt7714: '焦城日报[N]. 2013-01-10.',
    chicago: '焦城日报, January 10, 2013.',
    mla: '焦城日报, 10 Jan. 2013.',
    apa: '焦城日报. (2013, January 10).',
  },
  'an English article with a subtitle and three authors': {
    place: somePlace({
      ...english,
      date: '1912-05-03',
      article: about({
        headline: 'Clusters grow',
        subtitle: 'A city\nchanges',
        byline: 'By John A. Smith, Ann Lee and Bob Ray',
      }),
    }),
    pages: ['B7'],
    gbt7714: 'SMITH J A, LEE A, RAY B. Clusters grow: A city changes[N]. The Jiaocheng Times, 1912-05-03(B7).',
    chicago:
      'Smith, John A., Ann Lee, and Bob Ray. “Clusters grow: A city changes.” The Jiaocheng Times, May 3, 1912, B7.',
    mla: 'Smith, John A., et al. “Clusters grow: A city changes.” The Jiaocheng Times, 3 May 1912, p. B7.',
    apa: 'Smith, J. A., Lee, A., & Ray, B. (1912, May 3). Clusters grow: A city changes. The Jiaocheng Times, B7.',
  },
  'an English title with quotation marks and signs': {
    place: somePlace({ ...english, article: about({ headline: 'Bread & “circuses” < 5 %', byline: 'Ann Lee' }) }),
    pages: ['1'],
    gbt7714: 'LEE A. Bread & “circuses” < 5 %[N]. The Jiaocheng Times, 2013-01-10(1).',
    chicago: 'Lee, Ann. “Bread & ‘circuses’ < 5 %.” The Jiaocheng Times, January 10, 2013, 1.',
    mla: 'Lee, Ann. “Bread & ‘circuses’ < 5 %.” The Jiaocheng Times, 10 Jan. 2013, p. 1.',
    apa: 'Lee, A. (2013, January 10). Bread & “circuses” < 5 %. The Jiaocheng Times, 1.',
  },
}
describe.each(Object.entries(cases))('%s', (_name, { place, pages, ...references }) => {
  it.each(Object.entries(references))('in %s', (form, reference) => {
    expect(cite([itemOfPlace(place, 'x', pages)], form as 'gbt7714')).toBe(reference)
  })
})

it('numbers a list of references in GB/T 7714, and lets none change another', () => {
  const items = ['a', 'b'].map((id) => itemOfPlace(somePlace(), id, ['01']))
  const line = '李明. 壮大产业集群 强化要素保障[N]. 焦城日报, 2013-01-10(01).'
  expect(cite(items, 'gbt7714')).toBe(`[1] ${line}\n[2] ${line}`)
  expect(cite(items, 'apa').split('\n')).toHaveLength(2)
  expect(cite([], 'gbt7714')).toBe('')
})

it('cites the page a note stands on, and all pages of an article', () => {
  const article = about({ pages: ['01', '04'] })
  const place = somePlace({ article, page: { id: 'p4', label: '04', name: '' } })
  const at = '2026-01-02T03:04:05.000Z'
  const page = (level: 'region' | 'article') => itemOfNote(noteOf(newAnnotation({ level, place, edit: {} }, at))).page
  expect(page('region')).toBe('04')
  expect(page('article')).toBe('01, 04')
})

it('reads the people out of a byline', () => {
  const names = (byline: string) =>
    authorsOf(byline).map((name) => ('literal' in name ? name.literal : `${name.family}|${name.given}`))
  expect(names('（记者 李 明 文/图）')).toEqual(['李明'])
  expect(names('本报记者 王小丫 特约记者 欧阳修、通讯员 赵六')).toEqual(['王小丫', '欧阳修', '赵六'])
  expect(names('新华社')).toEqual(['新华社'])
  expect(names('')).toEqual([])
  expect(names('By Jane Doe, staff correspondent')).toEqual(['Doe|Jane'])
  expect(names('Reuters')).toEqual(['Reuters'])
})

it('writes BibTeX, RIS and CSL-JSON that other programs read', () => {
  const item = itemOfPlace(
    somePlace({ number: '7315', supplement: '特刊', article: about({ headline: '50% & {更多}_#' }) }),
    'urn:uuid:1',
    ['01'],
  )
  expect(cite([item, item], 'bibtex')).toBe(
    [
      '@article{news20130110,',
      '  author = {{李明}},',
      '  title = {{50\\% \\& \\{更多\\}\\_\\#}},',
      '  journal = {焦城日报},',
      '  year = {2013},',
      '  day = {10},',
      '  pages = {01},',
      '  number = {7315},',
      '  series = {特刊},',
      '  language = {zh-Hans},',
      '  type = {newspaper},',
      '  month = jan,',
      '}',
    ].join('\n') +
      '\n\n' +
      cite([item], 'bibtex').replace('news20130110', 'news20130110-2'),
  )
  expect(cite([item], 'ris').split('\r\n')).toEqual([
    'TY  - NEWS',
    'AU  - 李明',
    'TI  - 50% & {更多}_#',
    'T2  - 焦城日报',
    'PY  - 2013',
    'DA  - 2013/01/10/',
    'SP  - 01',
    'IS  - 7315',
    'SE  - 特刊',
    'LA  - zh-Hans',
    'ER  - ',
  ])
  expect(JSON.parse(cite([item], 'csl-json'))).toEqual([item])
})
