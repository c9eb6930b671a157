import { describe, expect, it } from 'vitest'
import type { ArticleView } from '../../../../electron/bridge/views.ts'
import { sentences, spokenSentences } from '../../../../renderer/article/spoken-sentences.ts'

const texts = (text: string, language = 'zh-Hans') => sentences(text, language).map((each) => each.text)

describe('sentences', () => {
  it('end where Chinese and English sentences end, closing quotes included', () => {
    expect(texts('他说：“好。”记者问：“真的吗？”一切就绪！')).toEqual([
      '他说：“好。”',
      '记者问：“真的吗？”',
      '一切就绪！',
    ])
    expect(texts('It rained. The fair went on.', 'en')).toEqual(['It rained.', 'The fair went on.'])
  })

  it('stand where their offsets say, whatever was left out between', () => {
    const text = '　　上周末，\n记者看到。■■ 第二句 here.\n\n第三句'
    for (const { start, end, text: said } of sentences(text, 'zh-Hans'))
      expect(text.slice(start, end).replace(/[\s■]/g, '')).toBe(said.replace(/\s/g, ''))
    expect(texts(text).join('')).not.toContain('■■')
  })

  it('lose the line breaks of the print', () => {
    expect(texts('产业\n集聚区，\n新厂 A\n座。')).toEqual(['产业集聚区，新厂 A 座。'])
    expect(texts('a hy\u00adphen\nbreak.', 'en')).toEqual(['a hyphen break.'])
  })

  it('are cut where one would breathe when a paper has no full stops', () => {
    const endless = Array.from({ length: 60 }, (_, n) => `第${n}條新聞`).join('、')
    const found = sentences(endless, 'zh-Hant')
    expect(found.length).toBeGreaterThan(2)
    for (const { text } of found) expect(text.length).toBeLessThanOrEqual(160)
    expect(found.map(({ start, end }) => endless.slice(start, end)).join('')).toBe(endless)
    for (const { text } of found.slice(0, -1)) expect(text).toMatch(/、$/)
    const surrogates = '𠮷'.repeat(200)
    expect(
      sentences(surrogates, 'zh-Hant')
        .map(({ text }) => text)
        .join(''),
    ).toBe(surrogates)
    for (const { text } of sentences(surrogates, 'zh-Hant')) expect(text).not.toMatch(/^[\uDC00-\uDFFF]/)
  })

  it('know their language, also where a paper prints two', () => {
    expect(sentences('本报讯。Breaking news!', 'zh-Hans').map(({ language }) => language)).toEqual(['zh-Hans', 'en'])
    expect(sentences('三百年', 'en')[0]?.language).toBe('zh-Hans')
    expect(sentences('東京', 'ja')[0]?.language).toBe('ja')
  })
})

function part(id: string, rest: Partial<ArticleView>): ArticleView {
  const issue = { title: 't', date: '2013-01-10', edition: 1 }
  const usual = { titleName: '', language: 'zh-Hans', blocks: [], photos: [], places: [], headline: '', pages: [] }
  return { id, kind: 'article', length: 0, issue, ...usual, ...rest }
}

describe('an article', () => {
  const [first, second] = [
    part('a', {
      kicker: '引题',
      headline: '标题',
      byline: '记者 甲',
      photos: [{ caption: '图为厂房。' }],
      blocks: [
        { kind: 'paragraph', text: '头一段。第二句。' },
        { kind: 'paragraph', text: '结尾。（下转第03版）' },
      ],
    }),
    part('b', {
      headline: '不再念一遍',
      blocks: [
        { kind: 'paragraph', text: '（上接第01版）' },
        { kind: 'paragraph', text: '接着说。' },
      ],
    }),
  ]

  it('is read head, captions, body, and on into what it is continued with, without the notes between', () => {
    const said = spokenSentences([first, second]).map(({ text }) => text)
    expect(said).toEqual(['引题', '标题', '记者 甲', '图为厂房。', '头一段。', '第二句。', '结尾。', '接着说。'])
  })

  it('says where each sentence is shown, and where it was printed', () => {
    const said = spokenSentences([first, second])
    expect(said[1]?.place).toEqual({ kind: 'field', name: 'headline' })
    expect(said[3]?.place).toEqual({ kind: 'caption', part: 0, index: 0 })
    expect(said[5]).toMatchObject({
      place: { kind: 'block', part: 0, index: 0 },
      printed: { block: 0, start: 4, end: 8 },
    })
    // Shown as the first paragraph, printed as the second.
    expect(said[7]).toMatchObject({
      article: 'b',
      place: { kind: 'block', part: 1, index: 0 },
      printed: { block: 1, start: 0, end: 4 },
    })
  })

  it('keeps the place in print of a paragraph that lost its beginning', () => {
    const later = part('b', { blocks: [{ kind: 'paragraph', text: '（上接第01版）接着说。' }] })
    expect(spokenSentences([first, later]).at(-1)?.printed).toEqual({ block: 0, start: 8, end: 12 })
  })

  it('without anything to say says nothing', () => {
    expect(spokenSentences([])).toEqual([])
    expect(spokenSentences([part('a', { blocks: [{ kind: 'paragraph', text: '……' }] })])).toEqual([])
  })
})
