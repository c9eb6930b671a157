/**
 * What a character is to the index. Dense characters (Han, kana, Hangul, Bopomofo) are written without spaces between
 * words, so they are indexed in pairs; word characters (letters and digits of other scripts) run up to the next
 * character that is none; everything else separates.
 */
export const separator = 1
export const word = 2
export const dense = 3
type CharacterClass = typeof separator | typeof word | typeof dense

/** First and last code points of the dense ranges, ascending. Middle dots and iteration symbols that separate are out. */
const denseRanges = [
  [0x2e80, 0x2fd5], // radicals
  [0x3005, 0x3007], // 々〆〇
  [0x3021, 0x3029],
  [0x3041, 0x309a], // kana
  [0x309d, 0x309f],
  [0x30a1, 0x30fa],
  [0x30fc, 0x30ff],
  [0x3105, 0x312f], // Bopomofo
  [0x31a0, 0x31bf],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf], // Han, extension A
  [0x4e00, 0x9fff], // Han
  [0xac00, 0xd7a3], // Hangul
  [0xf900, 0xfaff], // Han, compatibility
  [0x1b000, 0x1b16f],
  [0x20000, 0x3ffff], // Han, extensions B and up
] as const

const wordPattern = /[\p{L}\p{N}\p{M}]/u
/** Class of every BMP character, 0 until first asked: the pattern is slow and the alphabet of a newspaper small. */
const known = new Uint8Array(0x10000)

function classify(codePoint: number): CharacterClass {
  for (const [first, last] of denseRanges) if (codePoint >= first && codePoint <= last) return dense
  return wordPattern.test(String.fromCodePoint(codePoint)) ? word : separator
}

/** The class of a code point. */
export function characterClass(codePoint: number): CharacterClass {
  if (codePoint > 0xffff) return classify(codePoint)
  const found = known[codePoint]
  if (found === separator || found === word || found === dense) return found
  const fresh = classify(codePoint)
  known[codePoint] = fresh
  return fresh
}

/** Whether a letter or digit of a word script stands at an index (UTF-16), or a half of one. */
export function isWordAt(text: string, index: number): boolean {
  if (index < 0 || index >= text.length) return false
  let codePoint = text.charCodeAt(index)
  if (codePoint >= 0xdc00 && codePoint <= 0xdfff) codePoint = text.codePointAt(index - 1) ?? codePoint
  else if (codePoint >= 0xd800 && codePoint <= 0xdbff) codePoint = text.codePointAt(index) ?? codePoint
  return characterClass(codePoint) === word
}
