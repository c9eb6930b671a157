/**
 * What a JPEG can be decoded to while it is decoded: a half, a quarter or an eighth of its size (ITU T.81, the inverse
 * transform over fewer coefficients), which costs a fraction of decoding all of its pixels.
 */
export interface Reduced {
  width: number
  height: number
}

const start = 0xffd8
/** Markers without a segment of their own. */
const isBare = (marker: number): boolean => marker === 0xff01 || (marker >= 0xffd0 && marker <= 0xffd7)
/** SOF0 to SOF15, without the tables that stand among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)

/**
 * The smallest size a JPEG can be decoded to that has at least `across` pixels in its width. Undefined where nothing is
 * to be gained, and for what only decoding it as a whole shows as it is meant: turned by its EXIF, with a colour profile,
 * of four colours; undefined for what is no JPEG or cut off in its head.
 */
export function reducedJpeg(bytes: ArrayBuffer, across: number): Reduced | undefined {
  const view = new DataView(bytes)
  const has = (at: number, length: number): boolean => at + length <= view.byteLength
  if (!has(0, 2) || view.getUint16(0) !== start) return undefined
  for (let at = 2; has(at, 4);) {
    const marker = view.getUint16(at)
    if (marker < 0xff00) return undefined
    if (isBare(marker)) {
      at += 2
      continue
    }
    const length = view.getUint16(at + 2)
    if (marker === 0xffe1 || marker === 0xffe2 || marker === 0xffda || length < 2) return undefined
    if (!isFrame(marker)) {
      at += 2 + length
      continue
    }
    if (!has(at, 10)) return undefined
    const [height, width, colours] = [view.getUint16(at + 5), view.getUint16(at + 7), view.getUint8(at + 9)]
    const eighths = [1, 2, 4].find((each) => Math.ceil((width * each) / 8) >= across)
    if (colours > 3 || height === 0 || width === 0 || eighths === undefined) return undefined
    return { width: Math.ceil((width * eighths) / 8), height: Math.ceil((height * eighths) / 8) }
  }
  return undefined
}
