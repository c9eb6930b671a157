/** The queries of the search bench, by class, from the articles themselves. */
import { seededRandom } from '../fixtures/make-corpus.ts'
import { articles, documents } from './search-material.ts'

/** As many of each class: the 95th of a hundred is not the worst of twenty. */
const queriesOfClass = 40

export function makeQueries(): Record<string, string[]> {
  const random = seededRandom(99)
  const sample: string[] = []
  for (const { text } of documents()) if (random() < 800 / articles) sample.push(text)
  const han = /^\p{Script=Han}+$/u
  const stretch = (length: number, accept = (_: string): boolean => true): string => {
    for (;;) {
      const text = sample[Math.floor(random() * sample.length)]!
      const start = Math.floor(random() * text.length)
      const part = text.slice(start, start + length)
      if (part.length === length && han.test(part) && accept(part)) return part
    }
  }
  const many = (make: () => string): string[] => Array.from({ length: queriesOfClass }, make)
  const reporters = sample
    .map((text) => /本报记者 (\p{Script=Han}{3})\n/u.exec(text)?.[1])
    .filter((name) => name !== undefined)
  const words = sample.flatMap((text) => text.match(/(?<![A-Za-z\d])[A-Za-z][A-Za-z\d]{2,}|\d{3,}/g) ?? [])
  return {
    'one character': many(() => stretch(1)),
    'two characters': many(() => stretch(2)),
    'four characters': many(() => stretch(4)),
    'eight and more': many(() => stretch(8 + Math.floor(random() * 5))),
    'repeated characters': many(() => stretch(6, (text) => new Set(text).size < 5)),
    'two or three words': many(() => `${stretch(2)} ${stretch(2)}${random() < 0.3 ? ` ${stretch(2)}` : ''}`),
    'Latin and digits': words.slice(0, queriesOfClass),
    'rare names': reporters.slice(0, queriesOfClass),
    'very common': ['经济', '社会', '发展', '建设', '北京', '国务院', '推进', '年', '记者', '人'],
  }
}
