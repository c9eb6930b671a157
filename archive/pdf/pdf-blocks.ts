import type { PdfLine } from './pdf-lines.ts'

/** Lines that belong together, in reading order. Points. */
export interface PdfBlock {
  lines: PdfLine[]
  isVertical: boolean
  l: number
  t: number
  r: number
  b: number
  /** Size of most of its characters. */
  size: number
}

/** Parts of the characters' size. */
const widestLeading = 1.3
const sizeTolerance = 1.3
/** Above this a page is no text but a drawing of letters: the order of the file has to do. */
const mostOrdered = 4000

type Side = 'l' | 't' | 'r' | 'b'

/** The sides of a line or block as if it were written across: vertical lines follow one another to the left. */
function sides(isVertical: boolean): { near: Side; far: Side; from: Side; to: Side; sign: 1 | -1 } {
  return isVertical
    ? { near: 'r', far: 'l', from: 't', to: 'b', sign: -1 }
    : { near: 't', far: 'b', from: 'l', to: 'r', sign: 1 }
}

function roots(count: number): { find: (at: number) => number; join: (a: number, b: number) => void } {
  const parent = Array.from({ length: count }, (_, index) => index)
  const find = (at: number): number => {
    let root = at
    while (parent[root] !== root) root = parent[root] ?? root
    parent[at] = root
    return root
  }
  return { find, join: (a, b) => void (parent[find(b)] = find(a)) }
}

/** Joins each line to those that follow it closely, in one direction, with the same size and above one another. */
function joinLines(lines: PdfLine[], isVertical: boolean): PdfBlock[] {
  const { near, far, from, to, sign } = sides(isVertical)
  const sorted = [...lines].sort((a, b) => sign * (a[near] - b[near]))
  const tree = roots(sorted.length)
  const largest = sorted.reduce((most, line) => Math.max(most, line.size), 0)
  sorted.forEach((line, at) => {
    for (let other = at + 1; other < sorted.length; other++) {
      const next = sorted[other]
      if (!next || sign * (next[near] - line[far]) > widestLeading * largest) break
      const size = Math.max(line.size, next.size)
      const gap = sign * (next[near] - line[far])
      if (gap > widestLeading * size || gap < -0.6 * size) continue
      if (size > sizeTolerance * Math.min(line.size, next.size)) continue
      const lengths = [line[to] - line[from], next[to] - next[from]].sort((a, b) => a - b)
      const [shorter = 0, longer = 0] = lengths
      const shared = Math.min(line[to], next[to]) - Math.max(line[from], next[from])
      // A short line begins where the long one does, else it is under the second of two columns that a line bridges.
      const isAligned = shorter >= 0.6 * longer || Math.abs(line[from] - next[from]) <= 3 * size
      if (shared >= 0.5 * shorter && isAligned) tree.join(at, other)
    }
  })
  const groups = new Map<number, PdfLine[]>()
  sorted.forEach((line, at) => {
    const group = groups.get(tree.find(at))
    if (group) group.push(line)
    else groups.set(tree.find(at), [line])
  })
  return [...groups.values()].map((group) => blockOf(group, isVertical))
}

function blockOf(lines: PdfLine[], isVertical: boolean): PdfBlock {
  const { near, from, sign } = sides(isVertical)
  const block: PdfBlock = { lines, isVertical, l: Infinity, t: Infinity, r: -Infinity, b: -Infinity, size: 0 }
  const weights = new Map<number, number>()
  for (const line of lines) {
    block.l = Math.min(block.l, line.l)
    block.t = Math.min(block.t, line.t)
    block.r = Math.max(block.r, line.r)
    block.b = Math.max(block.b, line.b)
    const size = Math.round(line.size * 2) / 2
    weights.set(size, (weights.get(size) ?? 0) + line.characters.length)
  }
  block.size = [...weights].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
  lines.sort((a, b) => {
    const isLevel = Math.abs(a[near] - b[near]) < 0.5 * Math.min(a.size, b.size)
    return isLevel ? a[from] - b[from] : sign * (a[near] - b[near])
  })
  return block
}

/** Boxes of neighbours touch, and overlap a little where accents are high: this part of the size is no ink. */
const margin = 0.25

/** The widest empty strip between blocks along one axis: where it is and how wide. */
function widestGap(blocks: PdfBlock[], low: Side, high: Side): { at: number; width: number } {
  const sorted = [...blocks].sort((a, b) => a[low] - b[low])
  const end = (block: PdfBlock): number => block[high] - margin * block.size
  let reach = sorted[0] ? end(sorted[0]) : 0
  const best = { at: 0, width: 0 }
  for (const block of sorted) {
    const begin = block[low] + margin * block.size
    if (begin - reach > best.width) {
      best.width = begin - reach
      best.at = (begin + reach) / 2
    }
    reach = Math.max(reach, end(block))
  }
  return best
}

/**
 * Reading order by cutting the page along its widest empty strips, again and again (recursive X-Y cut, Nagy and Seth
 * 1984): top before bottom, and left before right, or right before left on a page that is written down.
 */
function inReadingOrder(blocks: PdfBlock[], isVertical: boolean): PdfBlock[] {
  const done: PdfBlock[] = []
  const waiting = [blocks]
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const across = widestGap(part, 'l', 'r')
    const down = widestGap(part, 't', 'b')
    if (part.length < 2 || Math.max(across.width, down.width) <= 0) {
      const side = isVertical ? -1 : 1
      done.push(...part.sort((a, b) => a.t - b.t || side * (a.l - b.l)))
      continue
    }
    const isDown = down.width >= across.width
    const isFirst = (block: PdfBlock): boolean =>
      isDown ? block.t + block.b < 2 * down.at : block.l + block.r < 2 * across.at
    const [first, second] = [part.filter(isFirst), part.filter((block) => !isFirst(block))]
    if (first.length === 0 || second.length === 0) {
      done.push(...part)
      continue
    }
    if (!isDown && isVertical) waiting.push(first, second)
    else waiting.push(second, first)
  }
  return done
}

/** The blocks of a page in reading order. Nothing is said about articles: a PDF does not tell which blocks are one. */
export function blocksOf(lines: PdfLine[]): PdfBlock[] {
  const count = (isVertical: boolean): number =>
    lines.reduce((sum, line) => sum + (line.isVertical === isVertical ? line.characters.length : 0), 0)
  const isVertical = count(true) > count(false)
  const down = lines.filter((line) => line.isVertical ?? isVertical)
  const across = lines.filter((line) => !(line.isVertical ?? isVertical))
  const blocks = [...joinLines(across, false), ...joinLines(down, true)]
  return blocks.length > mostOrdered ? blocks : inReadingOrder(blocks, isVertical)
}
