import { removedBits, type SegmentEntry } from './manifest.ts'
import type { FoldedDocument } from './search-document.ts'
import { segmentDocuments, segmentUnits } from './segment-format.ts'
import type { Segment } from './segment-reader.ts'

/** Segments of about one size that may lie side by side; one more and they are merged. */
const fanOut = 8

/** The live articles of a segment as they were folded. Throws `DamagedSegment`. */
export function* documentsOf(segment: Segment, entry: SegmentEntry): Generator<FoldedDocument> {
  const { head, arrays } = segment
  const removed = removedBits(entry)
  for (let position = 0; position < head.documents; position++) {
    if (removed && (removed[position >>> 3] ?? 0) & (1 << (position & 7))) continue
    const [start = 0, end = start] = [arrays.texts[position], arrays.texts[position + 1]]
    const flags = arrays.flags[position] ?? 0
    yield {
      id: arrays.ids[position] ?? 0,
      title: head.titles[arrays.titles[position] ?? 0] ?? '',
      day: arrays.days[position] ?? 0,
      frontPage: (flags & 1) === 1,
      hasText: (flags & 2) !== 0,
      kind: (flags >>> 2) & 7,
      section: head.sections[arrays.sections[position] ?? 0] ?? '',
      pages: head.pages[arrays.pages[position] ?? 0] ?? '',
      text: segment.read(start * 2, (end - start) * 2).toString('utf16le'),
      headlineLines: arrays.headlineLines[position] ?? 0,
      bylineLines: arrays.bylineLines[position] ?? 0,
    }
  }
}

/**
 * The segments to merge into one next, or none: those of a tier (a tier is eight times the one below) when there are
 * more than eight, oldest days first, as many as fit into a segment; or one that is mostly removed articles.
 */
export function segmentsToMerge(entries: SegmentEntry[]): SegmentEntry[] {
  const live = (entry: SegmentEntry): number => entry.documents - entry.removedCount
  const worn = entries.find((entry) => entry.removedCount * 2 > entry.documents)
  if (worn) return [worn]
  const tiers = new Map<number, SegmentEntry[]>()
  for (const entry of entries) {
    const isFull = entry.documents > segmentDocuments / 2 || entry.bytes > segmentUnits
    if (isFull) continue
    const tier = Math.floor(Math.log(Math.max(1, entry.documents)) / Math.log(fanOut))
    tiers.set(tier, [...(tiers.get(tier) ?? []), entry])
  }
  for (const [, tier] of [...tiers].sort(([a], [b]) => a - b)) {
    if (tier.length <= fanOut) continue
    let [documents, bytes] = [0, 0]
    const fitting = tier
      .toSorted((a, b) => a.days[0] - b.days[0])
      .filter((entry) => {
        const fits = documents + live(entry) <= segmentDocuments && bytes + entry.bytes <= segmentUnits * 2
        if (fits) [documents, bytes] = [documents + live(entry), bytes + entry.bytes]
        return fits
      })
    if (fitting.length > 1) return fitting
  }
  return []
}
