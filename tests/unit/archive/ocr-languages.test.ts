import { expect, it } from 'vitest'
import { languageToRead, ocrLanguagesOf } from '../../../archive/ocr/ocr-languages.ts'
import type { Article } from '../../../archive/model.ts'

const articles = (headline: string): Article[] => [
  { id: 'a', kind: 'article', headline, blocks: [], photos: [], pages: ['p1'] },
]
const read = (name: string, language: string, headline = ''): string[] =>
  ocrLanguagesOf(languageToRead({ title: { id: 'x', name, language }, articles: articles(headline) }))

it('a title whose language nobody told is read in that of its text, else of its name, else of both scripts', () => {
  expect(read('焦作日报', 'und')).toEqual(['chi_sim', 'eng'])
  expect(read('申報', 'und')).toEqual(['chi_tra', 'chi_tra_vert', 'eng'])
  expect(read('scans-7', 'und', '國會今日開會討論問題')).toEqual(['chi_tra', 'chi_tra_vert', 'eng'])
  expect(read('申報', 'zh')).toEqual(['chi_tra', 'chi_tra_vert', 'eng'])
  expect(read('scans-7', 'und')).toEqual(['chi_sim', 'eng'])
  expect(read('焦作日报', 'en')).toEqual(['eng'])
})
