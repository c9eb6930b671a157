import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { dictionaryText } from '../../../../renderer/kiosk/pinyin/dictionary-text.ts'
import { candidatesOf } from '../../../../renderer/kiosk/pinyin/pinyin-candidates.ts'
import { readDictionary } from '../../../../renderer/kiosk/pinyin/pinyin-dictionary.ts'

// Read, not imported: the bundler would look through its twelve megabytes first.
const list = createRequire(import.meta.url)('@pinyin-pro/data/complete.json') as Parameters<typeof dictionaryText>[0]
const lines = dictionaryText(list)
const dictionary = readDictionary(lines)
const words = (typed: string) => candidatesOf(dictionary, typed).map(({ word }) => word)

describe('pinyin as it is typed in a reading room', () => {
  it.each([
    ['beijing', '北京'],
    ['changjiang', '长江'],
    ['zhongguo', '中国'],
    ['baozhi', '报纸'],
    ['chongqing', '重庆'],
    ['nver', '女儿'],
    ['nüer', '女儿'],
    ['qinlue', '侵略'],
  ])('%s gives %s first', (typed, word) => {
    expect(words(typed)[0]).toBe(word)
  })

  it('knows every reading of a character', () => {
    expect(words('zhong').slice(0, 12)).toContain('重')
    expect(words('chong').slice(0, 12)).toContain('重')
    expect(words('zhang').slice(0, 8)).toContain('长')
    expect(words('hang').slice(0, 8)).toContain('行')
  })

  it('takes initials, unfinished syllables, and both together', () => {
    expect(words('bj').slice(0, 6)).toContain('北京')
    expect(words('beij')[0]).toBe('北京')
    expect(words('bjing').slice(0, 6)).toContain('北京')
    expect(words('rmrb').slice(0, 3)).toContain('人民日报')
    expect(words('zhg').slice(0, 3)).toContain('中国')
  })

  it('puts together what no single word spells, and offers its beginning', () => {
    expect(words('jiaozuo').slice(0, 3)).toContain('焦作')
    expect(words('changjiangribao')[0]).toBe('长江日报')
    const found = candidatesOf(dictionary, 'beijingribao')
    expect(found[0]).toEqual({ word: '北京日报', used: 12 })
    expect(found).toContainEqual({ word: '北京', used: 7 })
    expect(found).toContainEqual({ word: '被', used: 3 })
  })

  it('parts syllables where an apostrophe stands', () => {
    expect(words("xi'an")[0]).toBe('西安')
    expect(words("xi'an")).not.toContain('先')
    expect(words('xian')).toContain('先')
    expect(candidatesOf(dictionary, "xi'anbao").find(({ word }) => word === '西安')?.used).toBe(5)
  })

  it('answers anything that may be typed, and never says that it used more than that', () => {
    for (const typed of [
      '',
      "'",
      "''''",
      'q',
      'vvv',
      'zzzzzzzzzzzzzzzzzzzz',
      'uuu',
      'x'.repeat(500),
      '北京',
      'Beijing!',
    ]) {
      for (const { word, used } of candidatesOf(dictionary, typed)) {
        expect(word).not.toBe('')
        expect(used).toBeGreaterThan(0)
        expect(used).toBeLessThanOrEqual(typed.length)
      }
    }
    expect(words('q').length).toBeGreaterThan(20)
  })

  it('holds the whole alphabet of syllables, and weighs less than three megabytes', () => {
    const syllables = new Set([...dictionary.whole.values()].flat().flatMap((reading) => reading.syllables))
    expect(syllables.size).toBeGreaterThan(395)
    expect(syllables.size).toBeLessThan(440)
    expect(Buffer.byteLength(lines)).toBeLessThan(3_000_000)
  })
})
