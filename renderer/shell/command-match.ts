/** How well what was typed names a command: by its words, by letters in their order, by the initials of its pinyin. */

/** The first character, in the order of pinyin, of each initial letter that a syllable can have. */
const firstOfInitial = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨它穵夕丫帀']
const initials = [...'abcdefghjklmnopqrstwxyz']

let byPinyin: Intl.Collator | undefined

/** `搜索` → `ss`; what is not Han stays as it is. */
export function pinyinInitials(text: string): string {
  byPinyin ??= new Intl.Collator('zh-Hans-u-co-pinyin')
  const collator = byPinyin
  return [...text]
    .map((character) => {
      if (!/\p{Script=Han}/u.test(character)) return character
      const at = firstOfInitial.findLastIndex((first) => collator.compare(first, character) <= 0)
      return initials[at] ?? character
    })
    .join('')
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase()

/** How far apart the letters of `typed` stand in `text`, taken in their order; undefined when they do not. */
function scattered(typed: string, text: string): number | undefined {
  let at = -1
  let first = -1
  for (const letter of typed) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return undefined
    if (first < 0) first = at
  }
  return at - first + 1 - typed.length
}

/**
 * Higher is better, 0 is no match. Spaces in what was typed part words that may stand anywhere; `text` is what the
 * command says in the language of the interface.
 */
export function commandScore(typed: string, text: string): number {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  const scores = words.map((word) => wordScore(word, plain(text)))
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, words.length === 0 ? 1 : 0)
}

function wordScore(word: string, text: string): number {
  const at = text.indexOf(word)
  if (at === 0) return 100
  if (at > 0) return /[\s…（(]/.test(text[at - 1] ?? '') ? 80 : 60
  if (!/^[a-z0-9]+$/.test(word)) return 0
  const short = pinyinInitials(text)
  const found = short.indexOf(word)
  if (short !== text && found >= 0) return found === 0 ? 50 : 40
  const apart = word.length < 2 ? undefined : scattered(word, text)
  return apart === undefined || apart > word.length * 3 ? 0 : Math.max(1, 20 - apart)
}
