import type { PinyinDictionary, Reading } from './pinyin-dictionary.ts'

/** A word that may be meant, and how many of the typed characters it stands for. */
export interface Candidate {
  word: string
  used: number
}

const MOST_TYPED = 40
const MOST_ABBREVIATED = 60
const MOST_COMPLETED = 4
const MOST_OF_PREFIX = 30
const LONGEST_READING = 32
/** What another word costs in a sentence, in the dictionary's weights: ten times the logarithm of all that was counted. */
const WORD_COST = 180

/**
 * What typed pinyin may mean, best first: words it spells in full, else the likeliest sentence; words of which it spells
 * every syllable at least by its initial (`bj`, `beij`); words that go on; words that its beginning spells. An
 * apostrophe parts syllables (`xi'an`).
 */
export function candidatesOf(dictionary: PinyinDictionary, typed: string): Candidate[] {
  const { letters, borders } = parted(typed.slice(0, MOST_TYPED))
  if (letters === '') return []
  const usedOf = (count: number) => typedLength(typed, count)
  const all: Candidate[] = []
  const known = new Set<string>()
  const add = (words: readonly string[], used: number): void => {
    for (const word of words) {
      if (known.has(word)) continue
      known.add(word)
      all.push({ word, used })
    }
  }

  const spelt = wordsOf(readingsOf(dictionary, letters, borders))
  add(spelt, usedOf(letters.length))
  if (spelt.length === 0) add(sentence(dictionary, letters, borders), usedOf(letters.length))
  const { abbreviated, completed } = begun(dictionary, letters, borders)
  const whole = [wordsOf(abbreviated, MOST_ABBREVIATED), wordsOf(completed, MOST_COMPLETED)]
  for (const words of spelt.length > 0 ? whole.reverse() : whole) add(words, usedOf(letters.length))
  for (let length = Math.min(letters.length - 1, LONGEST_READING); length > 0; length -= 1) {
    const readings = readingsOf(dictionary, letters.slice(0, length), borders)
    add(wordsOf(readings, MOST_OF_PREFIX), usedOf(length))
  }
  return all
}

/** The letters alone, and where an apostrophe stood between them. */
function parted(typed: string): { letters: string; borders: ReadonlySet<number> } {
  let letters = ''
  const borders = new Set<number>()
  for (const character of typed.toLowerCase().replaceAll('ü', 'v')) {
    if (character === "'") borders.add(letters.length)
    else if (/[a-z]/.test(character)) letters += character
  }
  borders.delete(0)
  borders.delete(letters.length)
  return { letters, borders }
}

/** How many typed characters the first letters take, with the apostrophe after them. */
function typedLength(typed: string, letters: number): number {
  let seen = 0
  let at = 0
  while (at < typed.length && seen < letters) if (typed[at++] !== "'") seen += 1
  while (typed[at] === "'") at += 1
  return at
}

function readingsOf(dictionary: PinyinDictionary, letters: string, borders: ReadonlySet<number>): Reading[] {
  // `lue` and `nue` are what most people type for `lve` and `nve`.
  const readings = dictionary.whole.get(letters) ?? dictionary.whole.get(letters.replace(/([ln])ue/g, '$1ve')) ?? []
  if (borders.size === 0) return readings
  return readings.filter(({ syllables }) => keepsBorders(syllables, letters.length, borders))
}

function keepsBorders(syllables: readonly string[], length: number, borders: ReadonlySet<number>): boolean {
  const ends = new Set<number>()
  let end = 0
  for (const syllable of syllables) ends.add((end += syllable.length))
  return [...borders].every((border) => border >= length || ends.has(border))
}

/** The words of several readings, most frequent first. */
function wordsOf(readings: readonly Reading[], most = Infinity): string[] {
  const words = readings.length === 1 ? (readings[0]?.words ?? []) : readings.flatMap((reading) => reading.words)
  const sorted = readings.length === 1 ? words : words.sort((one, other) => other.weight - one.weight)
  return sorted.slice(0, most).map(({ word }) => word)
}

/** Words whose syllables the letters spell at least by their initials, and those that go on after them. */
function begun(dictionary: PinyinDictionary, letters: string, borders: ReadonlySet<number>) {
  const abbreviated: Reading[] = []
  const completed: Reading[] = []
  for (const reading of dictionary.initial.get(letters[0] ?? '') ?? []) {
    if (reading.typed === letters) continue
    const used = spells(reading.syllables, letters, borders)
    if (used === reading.syllables.length) abbreviated.push(reading)
    else if (used > 1 && reading.typed.startsWith(letters)) completed.push(reading)
  }
  return { abbreviated, completed }
}

const initialsOf = (syllable: string) => (/^[zcs]h/.test(syllable) ? [2, 1] : [1])

/** How many syllables the letters spell, in full or by their initials, the last one as far as it was typed; else 0. */
function spells(syllables: readonly string[], letters: string, borders: ReadonlySet<number>, at = 0, from = 0): number {
  if (from === letters.length) return at
  const syllable = syllables[at]
  if (syllable === undefined) return 0
  const full = letters.startsWith(syllable, from) ? [syllable.length] : []
  for (const length of [...full, ...initialsOf(syllable)]) {
    if (!letters.startsWith(syllable.slice(0, length), from) || crosses(borders, from, from + length)) continue
    const used = spells(syllables, letters, borders, at + 1, from + length)
    if (used > 0) return used
  }
  return syllable.startsWith(letters.slice(from)) && !crosses(borders, from, letters.length) ? at + 1 : 0
}

function crosses(borders: ReadonlySet<number>, from: number, to: number): boolean {
  for (const border of borders) if (border > from && border < to) return true
  return false
}

/** The likeliest way to spell all the letters with several words; none where they cannot be. */
function sentence(dictionary: PinyinDictionary, letters: string, borders: ReadonlySet<number>): string[] {
  const best: ({ weight: number; text: string } | undefined)[] = [{ weight: 0, text: '' }]
  for (let end = 1; end <= letters.length; end += 1) {
    for (let start = Math.max(0, end - LONGEST_READING); start < end; start += 1) {
      const before = best[start]
      if (!before) continue
      const inside = new Set(
        [...borders].filter((border) => border > start && border < end).map((each) => each - start),
      )
      const [first] = readingsOf(dictionary, letters.slice(start, end), inside).map(({ words }) => words[0])
      if (!first) continue
      const weight = before.weight + first.weight - WORD_COST
      if (weight > (best[end]?.weight ?? -Infinity)) best[end] = { weight, text: before.text + first.word }
    }
  }
  const whole = best[letters.length]
  return whole ? [whole.text] : []
}
