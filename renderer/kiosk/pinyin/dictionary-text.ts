/**
 * The dictionary of the on-screen keyboard as it is shipped: made when the interface is built, from the words and
 * counts of jieba with the readings of pinyin-pro (`@pinyin-pro/data`). One line for each reading, its words most
 * frequent first, each with ten times the natural logarithm of its count: `bei jing⇥北京104背景83`.
 */

/** A word's reading with tone marks, and its frequency (jieba's count × 10⁻¹²). */
type WordList = Record<string, readonly [pinyin: string, frequency?: number, ...rest: string[]]>

const COUNTED = 1e12
/** Rarer words are names and fragments that nobody types in a reading room; they would double the file. */
const LEAST_COUNT = 4
/** A character is offered for a reading that at least this part of its occurrences has. */
const LEAST_SHARE = 0.005
const MOST_SYLLABLES = 8

/** A syllable as it is typed: `lǜ` → `lv`. */
function typedSyllable(syllable: string): string {
  return syllable
    .normalize('NFD')
    .replace(/u[̄́̌̀]?̈[̄́̌̀]?/g, 'v')
    .replace(/\p{M}/gu, '')
}

/** The lines of the dictionary. */
export function dictionaryText(list: WordList): string {
  const byReading = new Map<string, Map<string, number>>()
  const characters = new Map<string, Map<string, number>>()
  const add = (reading: string, word: string, count: number): void => {
    const words = byReading.get(reading) ?? new Map<string, number>()
    words.set(word, Math.max(words.get(word) ?? 0, count))
    byReading.set(reading, words)
  }
  for (const [word, [pinyin, frequency = 0]] of Object.entries(list)) {
    const count = Math.round(frequency * COUNTED)
    const syllables = pinyin.split(' ').map(typedSyllable)
    if (count < LEAST_COUNT || syllables.length > MOST_SYLLABLES || !syllables.every((each) => /^[a-z]+$/.test(each)))
      continue
    // What a character is read as is learnt from the words it stands in: the list gives one reading for it alone.
    for (const [index, character] of [...word].entries()) {
      const readings = characters.get(character) ?? new Map<string, number>()
      const reading = syllables[index] ?? ''
      readings.set(reading, (readings.get(reading) ?? 0) + count)
      characters.set(character, readings)
    }
    if (syllables.length > 1) add(syllables.join(' '), word, count)
  }
  for (const [character, readings] of characters) {
    const all = [...readings.values()].reduce((sum, count) => sum + count, 0)
    for (const [reading, count] of readings) if (count >= all * LEAST_SHARE) add(reading, character, count)
  }
  const weight = (count: number) => Math.round(10 * Math.log(count))
  return [...byReading]
    .map(([reading, words]) => {
      const sorted = [...words].sort(([, one], [, other]) => other - one)
      return `${reading}\t${sorted.map(([word, count]) => `${word}${weight(count)}`).join('')}`
    })
    .sort()
    .join('\n')
}

const NAME = 'virtual:pinyin-dictionary'
/** Says where it comes from, so that the package is among the works of others that are shipped. */
const RESOLVED = '\0node_modules/@pinyin-pro/data/pinyin-dictionary'

/** For the bundler: the module `virtual:pinyin-dictionary`, whose default export are the lines. */
export function pinyinDictionary() {
  return {
    name: 'pinyin-dictionary',
    resolveId: (id: string) => (id === NAME ? RESOLVED : undefined),
    load: async (id: string) => {
      if (id !== RESOLVED) return undefined
      const { default: list } = await import('@pinyin-pro/data/complete')
      return `export default ${JSON.stringify(dictionaryText(list))}`
    },
  }
}
