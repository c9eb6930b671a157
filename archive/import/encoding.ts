/** Text of a file and how it was read. */
export interface DecodedText {
  text: string
  /** WHATWG name of the encoding used. */
  encoding: string
  /** True when some bytes could not be read and stand as U+FFFD. */
  damaged: boolean
}

const boms: [bytes: number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** Bytes searched for a declaration: templates put long comments and styles before it. */
const declarationWindow = 8192

/**
 * Valid UTF-8 with longer characters of this weight is UTF-8: GB or Big5 text of that length never passes by accident.
 * A character of three bytes, as Han are, weighs thrice: pairs of two letters do pass, `联通` is famous for it.
 */
const surelyUtf8 = 8

/** A cut at the end of a file (an interrupted mirror) is no reason to doubt the encoding: `stream` lets it pass. */
function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, declarationWindow)).toString(
    'latin1',
  )
  const found =
    /^\s*<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(start) ??
    /<meta\b[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(start)
  const label = found?.[1]?.toLowerCase()
  if (!label) return undefined
  try {
    // gb2312 and gbk are subsets of gb18030, and pages that declare them often use the larger set.
    return /^(x-)?gb/.test(label) ? 'gb18030' : new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

function countsAsUtf8(bytes: Uint8Array): boolean {
  let weight = 0
  for (const byte of bytes) {
    if (byte >= 0xc2) weight += byte >= 0xe0 ? 3 : 1
    if (weight >= surelyUtf8) return true
  }
  return false
}

/** UTF-16 without a mark begins with a sign and a zero (XML 1.0, appendix F; HTML and JSON begin with signs, too). */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes
  const isSign = (byte: number | undefined): boolean => byte !== undefined && /[<{[\s]/.test(String.fromCharCode(byte))
  if (isSign(first) && second === 0 && third !== 0) return 'utf-16le'
  return first === 0 && isSign(second) && fourth !== 0 ? 'utf-16be' : undefined
}

/**
 * Decodes HTML, XML or plain text by rule, never by a statistical guess (which misreads pages of few words): byte
 * order mark (or UTF-16 that shows itself without one), declared charset, valid UTF-8, GB18030. A declared charset that does not decode the bytes is passed
 * over, and so is one that real UTF-8 contradicts. Never throws; NUL characters are dropped.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const finish = (text: string, encoding: string, damaged = false): DecodedText => ({
    text: text.replaceAll('\0', ''),
    encoding,
    damaged,
  })
  const bom = boms.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))
  if (bom) {
    const strict = decodeStrictly(bytes, bom[1])
    return finish(strict ?? new TextDecoder(bom[1]).decode(bytes), bom[1], strict === undefined)
  }
  const wide = unmarkedUtf16(bytes)
  const unmarked = wide && decodeStrictly(bytes, wide)
  if (unmarked !== undefined) return finish(unmarked, wide ?? '')
  const utf8 = decodeStrictly(bytes, 'utf-8')
  const declared = declaredEncoding(bytes)
  if (
    declared &&
    declared !== 'utf-8' &&
    !declared.startsWith('utf-16') &&
    !(utf8 !== undefined && countsAsUtf8(bytes))
  ) {
    const text = decodeStrictly(bytes, declared)
    if (text !== undefined) return finish(text, declared)
  }
  if (utf8 !== undefined) return finish(utf8, 'utf-8')
  const gb = decodeStrictly(bytes, 'gb18030')
  if (gb !== undefined) return finish(gb, 'gb18030')
  const best = declared ?? 'gb18030'
  return finish(new TextDecoder(best).decode(bytes), best, true)
}
