import { gunzipSync } from 'node:zlib'
import type { PageTextFormat } from './page-text-formats.ts'

const largestUnpacked = 256 * 1024 * 1024

/** The bytes of a file, unpacked when it is gzip (BnF delivers its ALTO so). Throws Error when that is damaged. */
export function unpacked(bytes: Uint8Array): Uint8Array {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  return isGzip ? gunzipSync(bytes, { maxOutputLength: largestUnpacked }) : bytes
}

const signs: [PageTextFormat, RegExp][] = [
  ['alto', /<(?:[\w-]+:)?alto[\s>]/i],
  ['page-xml', /<(?:[\w-]+:)?PcGts[\s>]/],
  ['hocr', /class\s*=\s*["']?[^"'>]*\bocr_page\b|<meta[^>]+name\s*=\s*["']?ocr-(?:system|capabilities)/i],
  ['abbyy', /abbyy\.com\/FineReader_xml|<page\s[^>]*width\s*=[^>]*>\s*<block\s[^>]*blockType/i],
]

/** A text of a page, as the start of its file shows it. */
export interface SniffedText {
  format: PageTextFormat
  /** Name of the picture it was made from, when it stands there. */
  picture?: string
}

const pictureNames =
  /imageFilename\s*=\s*["']([^"']+)|<(?:[\w-]+:)?fileName>\s*([^<\s][^<]*?)\s*<|\bimage\s+(?:"([^"]+)"|&quot;(.+?)&quot;|([^"';\s]+))|\bx_source\s+([^"';\s]+)/

/** What kind of page text the start of a file is; undefined when it is none. */
export function sniffPageText(start: Uint8Array): SniffedText | undefined {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.length)
  const isMarked = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)
  const isWide = isMarked || start[0] === 0 || start[1] === 0
  // Every other byte of UTF-16 is 0 where the signs are.
  const text = isWide ? bytes.toString('latin1').replaceAll('\0', '') : bytes.toString('utf8')
  const format = signs.find(([, sign]) => sign.test(text))?.[0]
  const picture = pictureNames
    .exec(text)
    ?.slice(1)
    .find((name) => name !== undefined)
  return format && { format, ...(picture ? { picture } : {}) }
}
