import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { citationForms, type NotePlace } from '../../../../archive/annotations/annotation-model.ts'
import { newAnnotation, noteOf } from '../../../../archive/annotations/annotation-record.ts'
import { authorsOf, itemOfNote, itemOfPlace } from '../../../../archive/annotations/citation-item.ts'
import { cite } from '../../../../archive/annotations/citations.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'

type About = NonNullable<NotePlace['article']>
const about = (article: Partial<About>): NotePlace['article'] => ({
  ...somePlace().article!,
  ...article,
})

const english: Partial<NotePlace> = { titleName: 'The Jiaocheng Times', language: 'en' }
const german: Partial<NotePlace> = { titleName: 'Neue Jiaochenger Zeitung', language: 'de' }

/** What is cited, and the labels of its pages. */
const cases: Record<string, [place: NotePlace, ...pages: string[]]> = {
  'one author': [somePlace(), '01'],
  'two authors as a byline prints them': [
    somePlace({ article: about({ byline: '本报记者 李 明 通讯员 王芳', headline: '春耕备耕忙' }) }),
    'A02',
  ],
  'more than three authors': [
    somePlace({ article: about({ byline: '记者 张三 李四 王五 赵六', headline: '城市新貌' }) }),
    '03',
  ],
  'no author': [somePlace({ article: about({ byline: undefined, headline: '市委召开会议' }) }), '01'],
  'a second edition of the day': [
    somePlace({ edition: 2, article: about({ byline: '李明', headline: '号外' }) }),
    '01',
  ],
  'a supplement with the number of the issue': [
    somePlace({ edition: 2, supplement: '新春特刊', number: '7315', article: about({ headline: '年味' }) }),
    'T04',
  ],
  'an article continued on another page': [somePlace({ article: about({ headline: '十年回顾' }) }), '01', '04'],
  'a page without label': [
    somePlace({ page: { id: 'p1', label: '', name: '' }, article: about({ headline: '启事' }) }),
    '',
  ],
  'a whole page': [somePlace({ article: undefined }), '01'],
  'a whole issue': [somePlace({ article: undefined, page: undefined })],
  'a Chinese subtitle': [
    somePlace({ article: about({ headline: '焦城这十年', subtitle: '写在建市十周年之际' }) }),
    '01',
  ],
  'an English article with a subtitle and three authors': [
    somePlace({
      ...english,
      date: '1912-05-03',
      article: about({
        headline: 'Clusters grow',
        subtitle: 'A city\nchanges',
        byline: 'By John A. Smith, Ann Lee and Bob Ray',
      }),
    }),
    'B7',
  ],
  'an English article of four authors in a third edition, continued': [
    somePlace({
      ...english,
      edition: 3,
      article: about({ headline: 'The flood', byline: 'By Ann Lee, Bob Ray, Carl Orr and Dan Poe' }),
    }),
    '1',
    '6',
  ],
  'an English title with quotation marks and signs': [
    somePlace({ ...english, article: about({ headline: 'Bread & “circuses” < 5 %', byline: 'Ann Lee' }) }),
    '1',
  ],
  'a German article of two authors': [
    somePlace({
      ...german,
      article: about({ headline: 'Frost im März', byline: 'Von Hans Müller und Eva Maria Roth' }),
    }),
    '3',
  ],
}

/** By the name of the case and the form; `references.txt` says after which standards. */
const references = new Map(
  readFileSync(join(import.meta.dirname, '../../../fixtures/references.txt'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [name = '', ...parts] = section.split(/^\[([a-z0-9-]+)\]\n/m)
      const forms = new Map(parts.flatMap((form, at) => (at % 2 ? [] : [[form, parts[at + 1]!.trimEnd()] as const])))
      return [name.trim(), forms] as const
    }),
)

describe.each(Object.entries(cases))('%s', (name, [place, ...pages]) => {
  it.each(citationForms)('in %s', (form) => {
    const reference = references.get(name)?.get(form)
    const made = cite([itemOfPlace(place, 'x', pages)], form)
    if (form === 'csl-json') expect(JSON.parse(made)).toEqual([JSON.parse(reference!)])
    else expect(made.replaceAll('\r\n', '\n').trimEnd()).toBe(reference)
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
  expect(authorsOf('Par Jean Petit et Anne Roux', 'fr')).toEqual([
    { family: 'Petit', given: 'Jean' },
    { family: 'Roux', given: 'Anne' },
  ])
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
      '  entrysubtype = {newspaper},',
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
