import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold, foldWithOffsets } from '../../../../archive/search/folding.ts'

const samples: [string, string, string][] = [
  ['width and case', 'ＧＤＰ２０２３年，Ａ０１版', 'gdp2023年,a01版'],
  ['traditional', '長江後浪推前浪，國務院總理', '长江后浪推前浪,国务院总理'],
  ['variants', '羣眾看著裏面', '群众看着里面'],
  ['variants of Hong Kong and Taiwan', '衞生署，化粧，房簷，說説', '卫生署,化妆,房檐,说说'],
  ['what is simplified already', '什么台，才参卧床', '什么台,才参卧床'],
  ['line breaks within Han', '中华\u2028人民 共和\u3000国', '中华人民共和国'],
  ['field borders', '国务\n院 总理', '国务\n院总理'],
  ['spaces around a border', '标题 \n  正文', '标题\n正文'],
  ['spaces next to Han', '使用 Windows 系统', '使用windows系统'],
  ['spaces between words', 'New   York\u00a0Times', 'new york times'],
  ['hyphen at a line end', 'exam-\u2028ple', 'example'],
  ['hyphen before a capital', 'New-\u2028York', 'new-york'],
  ['hyphen with a space', 'pre- and post-war', 'pre- and post-war'],
  ['hyphen at a border', 'exam-\nple', 'exam-\nple'],
  ['soft hyphen', 'ex\u00adam\u00ad\u2028ple', 'example'],
  ['zero width', '国\u200b务\ufeff院', '国务院'],
  ['longer by NFKC', '50㎡，㈱①½', '50m2,(株)11⁄2'],
  ['accents', 'Café Zürich naïve e\u0301', 'cafe zurich naive e'],
  ['Hangul', '\u1112\u1161\u11ab국 한국', '한국한국'],
  ['Hangul letters behind a blank', '\uac00 \u11a8', '\uac00 \u11a8'],
  ['kana', 'ｶﾞラス が', 'ガラスが'],
  ['extension B', '𠮷野家 𠮷', '𠮷野家𠮷'],
  ['astral partner', '㗲', '𠵾'],
  ['variation selector', '葛\u{e0100}城', '葛城'],
  ['lone surrogate', 'a\ud842b', 'a\ufffdb'],
  ['quotation marks', '“一带”「一路」‘x’', `"一带""一路"'x'`],
  ['not equal', 'a≠b', 'a≠b'],
  ['control characters', 'a\u0000\tb', 'a b'],
]

it.each(samples)('folds %s', (_name, original, folded) => {
  expect(fold(original)).toBe(folded)
})

/** Text as hostile as it comes: all of Unicode, and the characters with rules of their own more often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        ...'中国國著薴㗲𠮷㎡½ｶﾞe\u0301\u0327-\u00ad\u2028\n 　\u200b\ud842\ufe0fİßẞΣςᄀ\u1161ㄱㅏ㉠각가\u11a8ﾡ\u3099Åﬃ',
        '-\u2028',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

it('is idempotent', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = fold(text)
      expect(fold(once)).toBe(once)
    }),
    { numRuns: 3000 },
  )
})

it('maps every folded unit back inside the original, in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: folded, starts, ends } = foldWithOffsets(text)
      expect(folded).toBe(fold(text))
      expect(starts.length).toBe(folded.length)
      let before = 0
      for (let index = 0; index < folded.length; index++) {
        const start = starts[index]!
        const end = ends[index]!
        expect(start).toBeGreaterThanOrEqual(before)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
        before = start
      }
    }),
    { numRuns: 2000 },
  )
})

it('keeps every field border and adds none', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(fold(text).split('\n').length).toBe(text.split('\n').length)
      expect(fold(text)).toBe(text.split('\n').map(fold).join('\n'))
    }),
    { numRuns: 1000 },
  )
})

/** Characters with a rule of their own: blanks, invisible ones, sound marks, quotation marks, negated signs, Han. */
const ownRules = [
  /[\s\p{Z}\p{C}\p{Sm}⇍\p{Script=Han}]/u,
  /[`´‘’‚‛“”„‟「」『』﹁﹂﹃﹄〝〞＂＇｢｣]/u,
  /\u180b|\u180c|\u180d|\u180f|\u3099|\u309a|\uff9e|\uff9f|\u3164|\u115f|\u1160|\uffa0|\u17b4|\u17b5|\p{Variation_Selector}/u,
]

it('folds each character of Unicode as its own forms say', () => {
  // A folding of whole strings, without the engine's clusters and tables of kinds.
  const accents = /[\u0300-\u036f]/g
  const plain = (text: string): string => {
    let folded = text
    for (let round = 0; round < 3; round++) {
      folded = folded.normalize('NFKC').toLowerCase().normalize('NFD').replace(accents, '').normalize('NFKC')
    }
    return folded
  }
  const others: string[] = []
  for (let codePoint = 0x20; codePoint < 0x110000; codePoint++) {
    const character = String.fromCodePoint(codePoint)
    const expected = plain(character)
    if (ownRules.some((rule) => rule.test(character + expected))) continue
    if (fold(`|${character}|`) !== `|${expected}|`) others.push(`${codePoint.toString(16)} ${character}`)
  }
  expect(others).toEqual([])
})
