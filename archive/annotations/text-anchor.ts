import type { TextQuote } from './annotation-model.ts'

/**
 * Finds a quote again in a text that may have changed: at its old place, elsewhere, with other spaces and glyph forms,
 * or with the few wrong characters that another OCR makes. Pure; offsets in UTF-16 units, end exclusive.
 */

const contextLength = 32
/** At most so large a part of a quote may differ. */
const tolerance = 0.25
const shortest = 4
const longestPattern = 240
const longestText = 400_000

/** The selectors for a stretch of a text. */
export function quoteIn(text: string, start: number, end: number): TextQuote {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - contextLength), start),
    suffix: text.slice(end, end + contextLength),
    start,
    end,
  }
}

/** Where a quote stands now; undefined: lost. */
export function findQuote(text: string, quote: TextQuote): { start: number; end: number } | undefined {
  const { exact, start, end } = quote
  if (exact === '') return undefined
  if (text.slice(start, end) === exact && contextScore(text, start, end, quote) > 0) return { start, end }
  const same = best(text, occurrences(text, exact), quote)
  if (same) return same
  const plain = plainText(text)
  const wanted = plainText(exact).text
  if (wanted === '') return undefined
  const inPlain = occurrences(plain.text, wanted).map((found) => original(plain, found))
  return best(text, inPlain, quote) ?? similar(plain, wanted)
}

interface Stretch {
  start: number
  end: number
}

function occurrences(text: string, wanted: string): Stretch[] {
  const found: Stretch[] = []
  for (let at = text.indexOf(wanted); at >= 0 && found.length < 1000; at = text.indexOf(wanted, at + 1)) {
    found.push({ start: at, end: at + wanted.length })
  }
  return found
}

/** Of several places the one whose surroundings are most like those that were kept; then the nearest. */
function best(text: string, found: Stretch[], quote: TextQuote): Stretch | undefined {
  const ranked = found.map((place) => ({
    place,
    score: contextScore(text, place.start, place.end, quote),
    far: Math.abs(place.start - quote.start),
  }))
  ranked.sort((one, other) => other.score - one.score || one.far - other.far)
  return ranked[0]?.place
}

/** Characters of the kept surroundings that stand around a place, counted outwards from it; 1 where none were kept. */
function contextScore(text: string, start: number, end: number, { prefix, suffix }: TextQuote): number {
  let score = prefix === '' && suffix === '' ? 1 : 0
  for (let at = 1; at <= prefix.length && text[start - at] === prefix.at(-at); at += 1) score += 1
  for (let at = 0; at < suffix.length && text[end + at] === suffix[at]; at += 1) score += 1
  return score
}

interface PlainText {
  text: string
  /** Offset in the original of each character, and after the last one its length. */
  offsets: number[]
}

/** Without spaces, in one form of width and case: what another import or OCR may change without changing a word. */
function plainText(text: string): PlainText {
  const offsets: number[] = []
  let plain = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (/[\s\u00ad\u200b-\u200f\ufeff]/.test(character)) continue
    const folded = character.normalize('NFKC').toLowerCase()
    for (const each of folded) {
      plain += each
      for (let unit = 0; unit < each.length; unit += 1) offsets.push(at)
    }
  }
  offsets.push(text.length)
  return { text: plain, offsets }
}

function original({ offsets }: PlainText, { start, end }: Stretch): Stretch {
  return { start: offsets[start] ?? 0, end: (offsets[end - 1] ?? 0) + 1 }
}

/** The stretch with fewest changed characters, when few enough. Of a long quote its beginning and its end are sought. */
function similar(plain: PlainText, wanted: string): Stretch | undefined {
  if (wanted.length < shortest || plain.text.length > longestText) return undefined
  if (wanted.length <= longestPattern) {
    const found = nearest(plain.text, wanted)
    return found && original(plain, found)
  }
  const head = nearest(plain.text, wanted.slice(0, longestPattern / 2))
  const tail = nearest(plain.text, wanted.slice(-longestPattern / 2))
  if (!head || !tail || tail.end <= head.start) return undefined
  const length = tail.end - head.start
  if (Math.abs(length - wanted.length) > wanted.length * tolerance) return undefined
  return original(plain, { start: head.start, end: tail.end })
}

/** Approximate search by edit distance (Sellers 1980); each cell keeps where its match began. */
function nearest(text: string, wanted: string): Stretch | undefined {
  const most = Math.floor(wanted.length * tolerance)
  let costs = Array.from({ length: wanted.length + 1 }, (_, index) => index)
  let starts: number[] = Array.from({ length: wanted.length + 1 }, () => 0)
  let found: (Stretch & { cost: number }) | undefined
  for (let at = 0; at < text.length; at += 1) {
    const nextCosts = [0]
    const nextStarts = [at + 1]
    for (let row = 1; row <= wanted.length; row += 1) {
      const swap = (costs[row - 1] ?? 0) + (text[at] === wanted[row - 1] ? 0 : 1)
      const skip = (costs[row] ?? 0) + 1
      const add = (nextCosts[row - 1] ?? 0) + 1
      const least = Math.min(swap, skip, add)
      nextCosts.push(least)
      const from = least === swap ? starts[row - 1] : least === skip ? starts[row] : nextStarts[row - 1]
      nextStarts.push((row === 1 && least === swap ? at : from) ?? 0)
    }
    costs = nextCosts
    starts = nextStarts
    const cost = costs[wanted.length] ?? Infinity
    if (cost <= most && (!found || cost < found.cost)) {
      found = { start: starts[wanted.length] ?? 0, end: at + 1, cost }
    }
  }
  return found && { start: found.start, end: found.end }
}
