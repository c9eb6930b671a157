import pairs from 'opencc-js/dict/TSCharacters'

/** Written forms that the dictionary takes for words of their own but that newspapers use for one another. */
const variants: [string, string][] = [
  ['著', '着'],
  ['囯', '国'],
  ['祇', '只'],
  ['衹', '只'],
  ['甦', '苏'],
  ['滙', '汇'],
  ['綉', '绣'],
  ['鷄', '鸡'],
]

function readPairs(): Map<number, number> {
  const direct = new Map<number, number>()
  const add = (from: string, to: string): void => {
    const source = from.codePointAt(0)
    const target = to.codePointAt(0)
    if (source !== undefined && target !== undefined && source !== target) direct.set(source, target)
  }
  for (const pair of pairs.split('|')) {
    const [from = '', to = ''] = pair.split(' ')
    add(from, to)
  }
  for (const [from, to] of variants) add(from, to)
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
