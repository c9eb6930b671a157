import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TextRange } from '../../../../archive/search/occurrences.ts'
import { snippet } from '../../../../archive/search/snippet.ts'

const shown = (text: string, ranges: TextRange[]): string =>
  snippet(text, ranges)
    .map((part) => (part.mark ? `[${part.text}]` : part.text))
    .join('')

it('shows a short text whole', () => {
  expect(shown('國務院總理\n視察黃河', [[0, 3]])).toBe('[國務院]總理 視察黃河')
})

it('cuts at punctuation and says what is left out', () => {
  const before = '甲'.repeat(100)
  const after = '乙'.repeat(100)
  const text = `${before}。国务院总理视察黄河，强调防汛。${after}`
  const start = text.indexOf('国务院')
  expect(shown(text, [[start, start + 3]])).toMatch(/^……\[国务院\]总理视察黄河，强调防汛。乙+……$/)
})

it('cuts beside words, not within them', () => {
  const text = 'nowhere else was it said before, '.repeat(3).replaceAll(',', '') + 'the newspaper A came '.repeat(9)
  const start = text.indexOf('newspaper')
  const snippetText = shown(text, [[start, start + 9]])
  expect(snippetText).toMatch(/^……\S/)
  const words = new Set(text.trim().split(' '))
  expect(
    snippetText
      .replace(/[[\]…]/g, '')
      .trim()
      .split(' ')
      .filter((one) => !words.has(one)),
  ).toEqual([])
  // A number is one word, its comma no end of a sentence.
  const number = `甲${'乙'.repeat(40)}10,000,000水${'丙'.repeat(58)}20,000,000${'丁'.repeat(40)}`
  const at = number.indexOf('水')
  expect(shown(number, [[at, at + 1]])).toMatch(/^……乙{8}10,000,000\[水\]丙+……$/)
  // What is too long to be a word is cut.
  const endless = `${'x'.repeat(90)}年${'y'.repeat(200)}`
  expect(shown(endless, [[90, 91]])).toMatch(/^……x{18}\[年\]y{53}……$/)
})

it('chooses the densest hits', () => {
  const text = `水${'一'.repeat(300)}水二水三水${'四'.repeat(300)}`
  const ranges: TextRange[] = [0, 301, 303, 305].map((start) => [start, start + 1])
  expect(shown(text, ranges)).toContain('[水]二[水]三[水]')
})

it('leaves the headline out when the text below it holds the words too', () => {
  const text = '黄河大桥通车\n本报记者 王伟\n今天上午，黄河大桥通车。'
  const body = text.indexOf('今天')
  const parts = (ranges: TextRange[]): string =>
    snippet(text, ranges, body)
      .map((part) => (part.mark ? `[${part.text}]` : part.text))
      .join('')
  expect(
    parts([
      [0, 4],
      [body + 5, body + 9],
    ]),
  ).toBe('今天上午，[黄河大桥]通车。')
  expect(parts([[0, 4]])).toBe('[黄河大桥]通车 本报记者 王伟 今天上午，黄河大桥通车。')
})

it('begins with the text when nothing is marked', () => {
  expect(shown('标题\n正文', [])).toBe('标题 正文')
})

it('never cuts a surrogate pair, keeps the order, and is short', () => {
  const units = fc.array(fc.constantFrom('𠮷', '国', '。', 'a', '\n'), { minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(units, fc.array(fc.nat(399), { maxLength: 20 }), (characters, starts) => {
      const text = characters.join('')
      const offsets: number[] = []
      for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) offsets.push(at)
      const ranges = [...new Set(starts)]
        .filter((start) => start < offsets.length)
        .sort((a, b) => a - b)
        .map((start): TextRange => [offsets[start]!, offsets[start + 1] ?? text.length])
      const parts = snippet(text, ranges)
      const whole = parts.map((part) => part.text).join('')
      expect(Buffer.from(whole).toString()).toBe(whole)
      expect(text.replace(/\n+/g, ' ')).toContain(whole.replace(/^……|……$/g, '').replace(/ +/g, ' '))
      expect(whole.length).toBeLessThan(110)
      if (ranges.length > 0) expect(parts.some((part) => part.mark)).toBe(true)
    }),
    { numRuns: 500 },
  )
})
