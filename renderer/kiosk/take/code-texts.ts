/**
 * What a phone's camera reads well from a screen at arm's length, in bytes of UTF-8: a symbol of at most 73 modules a
 * side (ISO/IEC 18004, version 14 at level L holds 458 bytes).
 */
const MOST_BYTES = 450

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** Texts for as many QR codes as the references need: whole references together while they fit; a longer one is cut. */
export function codeTexts(citations: readonly string[], most = MOST_BYTES): string[] {
  // Room for the mark that tells which code of how many this is.
  const room = most - bytesOf('[99/99]\n')
  const texts: string[] = []
  for (const piece of citations.flatMap((citation) => cutInto(citation, room))) {
    const last = texts.at(-1)
    const joined = last === undefined ? piece : `${last}\n${piece}`
    if (last !== undefined && bytesOf(joined) <= room) texts[texts.length - 1] = joined
    else texts.push(piece)
  }
  return texts.length > 1 ? texts.map((text, index) => `[${index + 1}/${texts.length}]\n${text}`) : texts
}

/** A text in parts of at most so many bytes, never within a character. */
function cutInto(text: string, room: number): string[] {
  const parts: string[] = ['']
  let filled = 0
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    const length = bytesOf(segment)
    if (filled > 0 && filled + length > room) {
      parts.push('')
      filled = 0
    }
    parts[parts.length - 1] += segment
    filled += length
  }
  return parts.filter((part) => part !== '')
}

/** The dark modules of a symbol as the path of an SVG, one unit a module. */
export function modulesPath(modules: readonly (readonly boolean[])[]): string {
  return modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
}
