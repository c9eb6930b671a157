import { Transformer } from '@napi-rs/image'

/** One small picture: `pixels` are RGB or RGBA rows; a wider gap stands before each new `group` of columns. */
export interface Thumbnail {
  row: number
  column: number
  group: number
  pixels: Buffer
}

const gap = 6
const groupGap = 18

/** Thumbnails of one size (pixels) on a grid, as one WebP. */
export async function contactSheet(thumbnails: Thumbnail[], width: number, height: number): Promise<Buffer> {
  const left = ({ column, group }: Thumbnail) => gap + column * (width + gap) + group * groupGap
  const top = ({ row }: Thumbnail) => gap + row * (height + gap)
  const sheetWidth = Math.max(...thumbnails.map(left)) + width + gap
  const sheetHeight = Math.max(...thumbnails.map(top)) + height + gap
  const sheet = Buffer.alloc(sheetWidth * sheetHeight * 4, 0xd8)
  for (const thumbnail of thumbnails) {
    const { pixels } = thumbnail
    const channels = pixels.length / (width * height)
    if (channels !== 3 && channels !== 4) throw new Error(`a thumbnail is not ${width} × ${height}`)
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const from = (y * width + x) * channels
        const to = ((top(thumbnail) + y) * sheetWidth + left(thumbnail) + x) * 4
        sheet.set(pixels.subarray(from, from + 3), to)
      }
    }
  }
  for (let at = 3; at < sheet.length; at += 4) sheet[at] = 0xff
  return Transformer.fromRgbaPixels(sheet, sheetWidth, sheetHeight).webp(55)
}
