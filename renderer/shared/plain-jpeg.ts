/**
 * Width and height in pixels of a JPEG that says nothing of how it lies or of its colours, since `ImageDecoder` heeds
 * neither; undefined for every other file. Segments before the first scan: ITU-T T.81, B.1.1.4 and B.2.2; Exif stands in
 * APP1, a profile of colours in APP2.
 */
export function plainJpegSize(bytes: DataView): { width: number; height: number } | undefined {
  if (bytes.byteLength < 4 || bytes.getUint16(0) !== 0xffd8) return undefined
  for (let at = 2; at + 9 <= bytes.byteLength; at += 2 + bytes.getUint16(at + 2)) {
    const marker = bytes.getUint16(at)
    if (marker < 0xffc0 || marker === 0xffe1 || marker === 0xffe2) return undefined
    if (isFrame(marker)) return { width: bytes.getUint16(at + 7), height: bytes.getUint16(at + 5) }
  }
  return undefined
}

/** SOF0 to SOF15, without the tables that have numbers between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
}
