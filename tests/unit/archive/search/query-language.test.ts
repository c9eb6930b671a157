import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ArchiveError } from '../../../../archive/errors.ts'
import { parseQuery, type QueryNode } from '../../../../archive/search/query-language.ts'

/** A tree as a line: `a & b`, `a | b`, `!a`, fields and prefixes by name. */
function line(node: QueryNode): string {
  switch (node.kind) {
    case 'phrase':
      return `${node.field ? `${node.field}=` : ''}${node.text}${node.prefix ? '*' : ''}`
    case 'page':
      return `page=${node.key}`
    case 'date':
      return `date=${node.from}..${node.to}`
    case 'not':
      return `!${line(node.node)}`
    case 'all':
      return `(${node.nodes.map(line).join(' & ')})`
    case 'any':
      return `(${node.nodes.map(line).join(' | ')})`
  }
}

it.each([
  ['国务院', '国务院'],
  ['国务院 总理', '(国务院 & 总理)'],
  ['國務院\u3000總理', '(国务院 & 总理)'],
  ['"国务院 总理"', '国务院总理'],
  ['“New York”', 'new york'],
  ['"没有结束', '没有结束'],
  ['"他说“好”的"', '他说"好"的'],
  ['"长江” 大桥', '(长江 & 大桥)'],
  ['"他说“好”', '他说"好'],
  ['推动“一带一路”建设', '推动"一带一路"建设'],
  ['北京 OR 上海 广州', '(北京 | (上海 & 广州))'],
  ['(北京 | 上海) 广州', '((北京 | 上海) & 广州)'],
  ['北京 AND 上海', '(北京 & 上海)'],
  ['北京 -上海', '(北京 & !上海)'],
  ['NOT 北京', '!北京'],
  ['covid-19', 'covid-19'],
  ['标题:国务院', 'headline=国务院'],
  ['標題：「國務院 總理」', 'headline=国务院总理'],
  ['Title:"a b" author:王伟', '(headline=a b & byline=王伟)'],
  ['版:第23版', 'page=23'],
  ['page:Ａ０１', 'page=a1'],
  ['date:2013', 'date=20130101..20131231'],
  ['日期:2013-01', 'date=20130101..20130131'],
  ['日期:２０１３年1月10日', 'date=20130110..20130110'],
  ['date:2013-01..2013-03', 'date=20130101..20130331'],
  ['date:2013..', 'date=20130101..99999999'],
  ['exam*', 'exam*'],
  ['中国*', '中国'],
  ['北京 — 上海', '(北京 & 上海)'],
  ['(北京', '北京'],
  ['北京）', '北京)'],
])('reads %s', (query, tree) => {
  expect(line(parseQuery(query))).toBe(tree)
})

it.each([
  ['', '…'],
  ['  ', '…'],
  ['。', '。'],
  ['AND', 'AND'],
  ['OR 北京', 'OR'],
  ['北京 OR', 'OR'],
  ['NOT', 'NOT'],
  ['()', ')'],
  ['标题:', '标题:'],
  ['date:昨天', '昨天'],
  ['date:2013-13', '2013-13'],
  ['x'.repeat(501), '501 > 500'],
  ['国 '.repeat(65), '65 > 64'],
])('refuses %s', (query, reason) => {
  expect(() => parseQuery(query)).toThrow(expect.objectContaining({ code: 'bad-query' }))
  try {
    parseQuery(query)
  } catch (error) {
    expect((error as ArchiveError).details.reason).toBe(reason)
  }
})

it('answers anything with a tree or a coded error', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 5 }),
        fc.constantFrom(...'()"-|*:：“」\ud842', ' OR ', ' NOT ', '标题:', 'date:', '国'),
      ),
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(hostile, (query) => {
      try {
        parseQuery(query)
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-query' })
      }
    }),
    { numRuns: 1000 },
  )
  expect(() => parseQuery('('.repeat(1_000_000))).toThrow(ArchiveError)
  expect(() => parseQuery(`${'('.repeat(498)}国`)).not.toThrow()
})
