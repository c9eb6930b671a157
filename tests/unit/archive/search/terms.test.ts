import { expect, it } from 'vitest'
import { fold } from '../../../../archive/search/folding.ts'
import { indexTerms, provedByTerms, queryTerms } from '../../../../archive/search/terms.ts'

const index = (text: string): string[] => indexTerms(fold(text))
const query = (text: string): string[] => queryTerms(fold(text))

it('pairs the characters of a run and ends it', () => {
  expect(index('国务院，院')).toEqual(['国务', '务院', '院\0', '院\0'])
})

it('keeps words and numbers whole', () => {
  expect(index('GDP 2013年G20峰会 3.14')).toEqual(['gdp', '2013', '年\0', 'g20', '峰会', '会\0', '3', '14'])
})

it('takes a pair of surrogates for one character', () => {
  expect(index('𠮷野家')).toEqual(['𠮷野', '野家', '家\0'])
  expect(query('𠮷')).toEqual(['𠮷'])
})

it('joins nothing across a field border', () => {
  expect(index('国务\n院')).toEqual(['国务', '务\0', '院\0'])
})

it('asks for what must be there and no more', () => {
  expect(query('国')).toEqual(['国'])
  expect(query('国务院')).toEqual(['国务', '务院'])
  expect(query('天天向上天天')).toEqual(['天天', '天向', '向上', '上天'])
  expect(query('2013年')).toEqual(['2013'])
  expect(query('2013年，北京')).toEqual(['2013', '年\0', '北京'])
  expect(query('年2013')).toEqual(['年\0', '2013'])
  expect(query('exam*')).toEqual(['exam*'])
  expect(query('，。')).toEqual([])
})

it('knows what the terms prove', () => {
  expect(['国', '国务', 'gdp', '2013', 'exam*'].every(provedByTerms)).toBe(true)
  expect(['国务院', '2013年', 'a b', '国,', 'x'.repeat(64)].some(provedByTerms)).toBe(false)
})

it('indexes a word without end by its beginning', () => {
  expect(index('x'.repeat(1000))).toEqual(['x'.repeat(64)])
  expect(query('x'.repeat(1000))).toEqual(['x'.repeat(64)])
})
