import hongKong from 'opencc-js/dict/HKVariantsRev'
import pairs from 'opencc-js/dict/TSCharacters'
import taiwan from 'opencc-js/dict/TWVariantsRev'

function readPairs(): Map<number, number> {
  const direct = new Map<number, number>()
  const add = ([from = '', to = '']: string[]): void => {
    const source = from.codePointAt(0)
    const target = to.codePointAt(0)
    if (source !== undefined && target !== undefined && source !== target) direct.set(source, target)
  }
  const read = (dictionary: string): string[][] => dictionary.split('|').map((pair) => pair.split(' '))
  read(pairs).forEach(add)
  // 衞→衛→卫. What is a simplified character too stays: 么 is not always 幺, nor 台 always 臺.
  const known = new Set([...direct.keys(), ...direct.values()])
  const isNew = ([from = '']: string[]): boolean => !known.has(from.codePointAt(0) ?? 0)
  for (const dictionary of [hongKong, taiwan]) read(dictionary).filter(isNew).forEach(add)
  // 薴→苧→苎: follow to the end, so that folding what is folded changes nothing.
  const settle = (codePoint: number, steps: number): number => {
    const next = direct.get(codePoint)
    return next === undefined || steps === 0 ? codePoint : settle(next, steps - 1)
  }
  return new Map([...direct.keys()].map((source) => [source, settle(source, 4)]))
}

const simplified = readPairs()
/** The BMP part as a table; 0 where the partner does not fit into 16 bits. */
const table = Uint16Array.from({ length: 0x10000 }, (_, codePoint) => codePoint)
for (const [source, target] of simplified) if (source <= 0xffff) table[source] = target <= 0xffff ? target : 0

const partners = new Set(simplified.values())

/** Whether the character is one of several that are taken for one another: 国 and 國, but not 人. */
export function hasVariants(codePoint: number): boolean {
  return simplified.has(codePoint) || partners.has(codePoint)
}

/** The simplified partner of a traditional or variant character (code points), or the character itself. */
export function simplify(codePoint: number): number {
  return (codePoint <= 0xffff && table[codePoint]) || (simplified.get(codePoint) ?? codePoint)
}
