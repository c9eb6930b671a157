import { simplify } from './simplified.ts'

const quote = 0x22
/** The one form of `’`, `‘` and the like. */
export const apostrophe = 0x27

/** First and last of what is left out when it stands alone: soft hyphen, accents, joiners, variation selectors. */
const ignorableRanges = [
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3099, 0x309a],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xff9e, 0xffa0],
  [0xe0000, 0xe0fff],
] as const
const blank = /[\s\p{Z}\p{Cc}]/u
const follower = /[\p{M}\u3099\u309a\uff9e\uff9f]/u
const accent = /[\u0300-\u036f]/g
const conjoining = /[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff\uffa1-\uffdc]/u
const hangul = /[\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff]/u
const letter = /\p{L}/u
const quotes = new Map([...'“”„‟〝〞「」『』﹁﹂﹃﹄＂'].map((character) => [character.charCodeAt(0), quote]))
for (const character of '‘’‚‛＇`´') quotes.set(character.charCodeAt(0), apostrophe)

export const isBlank = 1
/** Has no width, or is an accent, which letters lose, or a sound mark without its kana. */
export const isIgnorable = 2
const isPlain = 3
/** What to do with a BMP character outside ASCII and Han, 0 until first asked. */
const kinds = new Uint8Array(0x10000)
const foldedClusters = new Map<string, string>()
const glyphClusters = new Map<string, string>()

/** How folding deals with a code point: `isBlank`, `isIgnorable`, or another number for what stays. */
export function kindOf(codePoint: number): number {
  const known = codePoint <= 0xffff ? kinds[codePoint] : 0
  if (known) return known
  const character = String.fromCodePoint(codePoint)
  const kind = ignorableRanges.some(([first, last]) => codePoint >= first && codePoint <= last)
    ? isIgnorable
    : blank.test(character)
      ? isBlank
      : isPlain
  if (codePoint <= 0xffff) kinds[codePoint] = kind
  return kind
}

function foldOnce(cluster: string, keepsGlyphs: boolean): string {
  let folded = cluster.normalize('NFKC').toLowerCase()
  if (letter.test(folded)) folded = folded.normalize('NFD').replace(accent, '')
  folded = folded.normalize('NFKC')
  let result = ''
  for (const character of folded) {
    const codePoint = character.codePointAt(0) ?? 0
    const kind = kindOf(codePoint)
    if (kind === isIgnorable) continue
    if (kind === isBlank) result += ' '
    else result += String.fromCodePoint(quotes.get(codePoint) ?? (keepsGlyphs ? codePoint : simplify(codePoint)))
  }
  return result
}

/** Whether a character belongs to the cluster before it: marks, sound marks of kana, letters of a Hangul syllable. */
export function continues(cluster: string, character: string): boolean {
  return follower.test(character) || (conjoining.test(character) && hangul.test(cluster.normalize('NFKC')))
}

/** A base character with its marks, folded. Folding can uncover what folds again (ẞ, K, 薴), hence the loop. */
export function foldCluster(cluster: string, keepsGlyphs = false): string {
  const clusters = keepsGlyphs ? glyphClusters : foldedClusters
  const known = clusters.get(cluster)
  if (known !== undefined) return known
  let folded = foldOnce(cluster, keepsGlyphs)
  for (let round = 0; round < 4; round++) {
    const again = foldOnce(folded, keepsGlyphs)
    if (again === folded) break
    folded = again
  }
  // Clusters come from a small alphabet; a hostile text must not fill the memory with them.
  if (clusters.size < 20_000 && cluster.length < 8) clusters.set(cluster, folded)
  return folded
}
