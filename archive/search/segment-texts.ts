import type { Segment } from './segment-reader.ts'

/** Texts are read together when the gaps between them are smaller than this, in UTF-16 units. */
const nearUnits = 8_192
/** Least and most units that are read ahead. */
const leastAhead = 16_384
const mostAhead = 131_072

/** A stretch of a segment's texts that was read ahead. */
interface Window {
  segment?: Segment
  start: number
  units: number
  bytes: Buffer
}

const emptyWindow = (): Window => ({ start: 0, units: 0, bytes: Buffer.alloc(0) })

/** Two for all segments: a search goes through one after the other, now and then through two that overlap in time. */
const windows = [emptyWindow(), emptyWindow()]

const covers = (window: Window, segment: Segment, start: number, end: number): boolean =>
  window.segment === segment && start >= window.start && end <= window.start + window.units

/** Fills the window of the segment, or the one that was filled before the other. */
function refill(segment: Segment, from: number, to: number): Window {
  const window = windows.find((one) => one.segment === segment) ?? windows[1] ?? emptyWindow()
  const length = (to - from) * 2
  if (window.bytes.length < length) window.bytes = Buffer.allocUnsafeSlow(Math.max(length, mostAhead * 2))
  window.segment = undefined
  segment.read(from * 2, length, window.bytes)
  Object.assign(window, { segment, start: from, units: to - from })
  if (windows[1] === window) windows.reverse()
  return window
}

/**
 * Reads the folded texts of a segment by position. `towards` says in which direction the caller goes on: where one text
 * follows close on another, more and more is read ahead. Throws `DamagedSegment`.
 */
export function textReader(segment: Segment): (position: number, towards?: -1 | 1) => string {
  const { texts } = segment.arrays
  const total = texts[segment.head.documents] ?? 0
  let lastStart = -nearUnits
  let ahead = leastAhead
  return (position, towards) => {
    const start = texts[position] ?? 0
    const end = texts[position + 1] ?? start
    const isNear = towards !== undefined && Math.abs(start - lastStart) < nearUnits
    lastStart = start
    // A text as long as a book is not kept.
    if (!isNear || end - start > mostAhead) {
      ahead = leastAhead
      return segment.read(start * 2, (end - start) * 2).toString('utf16le')
    }
    let window = windows.find((one) => covers(one, segment, start, end))
    if (!window) {
      const from = towards < 0 ? Math.max(0, Math.min(start, end - ahead)) : start
      const to = towards > 0 ? Math.min(total, Math.max(end, start + ahead)) : end
      window = refill(segment, from, to)
      ahead = Math.min(ahead * 2, mostAhead)
    }
    return window.bytes.toString('utf16le', (start - window.start) * 2, (end - window.start) * 2)
  }
}
