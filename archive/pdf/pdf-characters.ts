import type { Turn } from './pdf-turns.ts'
import type { OpenPdf, Pdfium, Pointer } from './pdfium.ts'

/** A character of a page with its box, in points from the top left of the page as it is shown. */
export interface PdfCharacter {
  text: string
  l: number
  t: number
  r: number
  b: number
  /** The way its line runs on the page as shown. */
  turn: Turn
  /** White space stood before it. */
  isSpaced: boolean
  /** It is the hyphen of a word that goes on in the next line. */
  isHyphen: boolean
  /** Its font does not say which character it is. */
  isUnsure: boolean
}

export interface PdfPageCharacters {
  width: number
  height: number
  characters: PdfCharacter[]
}

/** A newspaper page has up to 60,000; beyond this a page is drawn of characters, not written. */
const mostCharacters = 400_000

/** PageToDevice answers in whole numbers: thousandths of a point. */
const fine = 1000

interface Placement {
  place: (x: number, y: number) => [number, number]
  /** The way a line runs that has an angle, in radians against the clock, in the page's own coordinates. */
  turnOf: (angle: number) => Turn
}

/** From the page's own coordinates to the page as shown: cropped, turned, top left (ISO 32000-1, 8.3.2, 7.7.3.3). */
function placement(pdfium: Pdfium, page: Pointer, width: number, height: number): Placement {
  const out = pdfium._malloc(8)
  const map = (x: number, y: number): [number, number] => {
    const [w, h] = [Math.round(width * fine), Math.round(height * fine)]
    pdfium._FPDF_PageToDevice(page, 0, 0, w, h, 0, x, y, out, out + 4)
    return [(pdfium.HEAP32[out / 4] ?? 0) / fine, (pdfium.HEAP32[out / 4 + 1] ?? 0) / fine]
  }
  const reach = 1000
  const [zero, right, up] = [map(0, 0), map(reach, 0), map(0, reach)]
  pdfium._free(out)
  const [a, b, c, d] = [right[0] - zero[0], right[1] - zero[1], up[0] - zero[0], up[1] - zero[1]]
  return {
    place: (x, y) => [zero[0] + (x * a + y * c) / reach, zero[1] + (x * b + y * d) / reach],
    turnOf: (angle) => {
      const [right, down] = [Math.cos(angle) * a + Math.sin(angle) * c, Math.cos(angle) * b + Math.sin(angle) * d]
      if (Math.abs(right) >= Math.abs(down)) return right >= 0 ? 'upright' : 'upside-down'
      return down > 0 ? 'down' : 'up'
    },
  }
}

/** The box a character is set in, which neighbours share; of its ink when the font has no measures. */
function boxReader(pdfium: Pdfium, text: Pointer, memory: Pointer): (index: number) => number[] | undefined {
  const floats = memory / 4
  const doubles = memory / 8
  return (index) => {
    if (pdfium._FPDFText_GetLooseCharBox(text, index, memory)) {
      const [l = 0, t = 0, r = 0, b = 0] = pdfium.HEAPF32.subarray(floats, floats + 4)
      if (r > l && t > b) return [l, t, r, b]
    }
    if (!pdfium._FPDFText_GetCharBox(text, index, memory, memory + 8, memory + 16, memory + 24)) return undefined
    const [l = 0, r = 0, b = 0, t = 0] = pdfium.HEAPF64.subarray(doubles, doubles + 4)
    return r > l || t > b ? [l, t, r, b] : undefined
  }
}

/** One glyph drawn twice, a little aside, to look bold: the same character within a third of its width. */
function doubled(): (character: PdfCharacter) => boolean {
  const seen = new Map<string, PdfCharacter[]>()
  return (character) => {
    const [x, y] = [(character.l + character.r) / 2, (character.t + character.b) / 2]
    const side = Math.max(1, character.b - character.t)
    for (const column of [Math.floor(x / side) - 1, Math.floor(x / side), Math.floor(x / side) + 1]) {
      for (const row of [Math.floor(y / side) - 1, Math.floor(y / side), Math.floor(y / side) + 1]) {
        const isSame = seen.get(`${character.text} ${column} ${row}`)?.some((other) => {
          const dx = Math.abs((other.l + other.r) / 2 - x)
          const dy = Math.abs((other.t + other.b) / 2 - y)
          return dx < (character.r - character.l) / 3 && dy < (character.b - character.t) / 3
        })
        if (isSame) return true
      }
    }
    const key = `${character.text} ${Math.floor(x / side)} ${Math.floor(y / side)}`
    const here = seen.get(key)
    if (here) here.push(character)
    else seen.set(key, [character])
    return false
  }
}

/**
 * The characters of a page in the order in which pdfium reads them, without white space, without what lies outside
 * the page and without glyphs that are drawn twice. Throws Error when the page cannot be loaded or has too many.
 */
export function pageCharacters({ pdfium, document }: OpenPdf, index: number): PdfPageCharacters {
  const page = pdfium._FPDF_LoadPage(document, index)
  if (page === 0) throw new Error(`page ${index + 1} is damaged`)
  const text = pdfium._FPDFText_LoadPage(page)
  const memory = pdfium._malloc(32)
  try {
    const [width, height] = [pdfium._FPDF_GetPageWidthF(page), pdfium._FPDF_GetPageHeightF(page)]
    const count = text === 0 ? 0 : pdfium._FPDFText_CountChars(text)
    if (count > mostCharacters) throw new Error(`page ${index + 1} has ${count} characters`)
    const { place, turnOf } = placement(pdfium, page, width, height)
    const boxOf = boxReader(pdfium, text, memory)
    const isDoubled = doubled()
    const characters: PdfCharacter[] = []
    let isSpaced = false
    for (let at = 0; at < count; at++) {
      const unit = pdfium._FPDFText_GetUnicode(text, at)
      let shown = unit > 0 && unit <= 0x10ffff ? String.fromCodePoint(unit) : '\uFFFD'
      if (unit >= 0xd800 && unit < 0xdc00) {
        const low = pdfium._FPDFText_GetUnicode(text, at + 1)
        if (low >= 0xdc00 && low < 0xe000) {
          shown = String.fromCharCode(unit, low)
          at += 1
        }
      }
      const isHyphen = unit === 2 || pdfium._FPDFText_IsHyphen(text, at) === 1
      if (isHyphen) shown = '-'
      if (/^[\s\p{Cc}\p{Cs}\uFEFF]$/u.test(shown)) {
        isSpaced = true
        continue
      }
      const box = boxOf(at)
      if (!box || pdfium._FPDFText_IsGenerated(text, at) === 1) continue
      const [x1, y1] = place(box[0] ?? 0, box[1] ?? 0)
      const [x2, y2] = place(box[2] ?? 0, box[3] ?? 0)
      const [l, t, r, b] = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
      const [x, y] = [(l + r) / 2, (t + b) / 2]
      if (!(x >= 0 && y >= 0 && x <= width && y <= height)) continue
      const isUnsure = shown === '\uFFFD' || /^\p{Co}$/u.test(shown)
      const turn = turnOf(pdfium._FPDFText_GetCharAngle(text, at))
      const character = { text: shown, l, t, r, b, turn, isSpaced, isHyphen, isUnsure }
      if (isDoubled(character)) continue
      characters.push(character)
      isSpaced = false
    }
    return { width, height, characters }
  } finally {
    pdfium._free(memory)
    if (text !== 0) pdfium._FPDFText_ClosePage(text)
    pdfium._FPDF_ClosePage(page)
  }
}
