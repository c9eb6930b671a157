import { Transformer } from '@napi-rs/image'

/** A decoded picture; 1 (grey), 3 (RGB) or 4 (RGBA) bytes a pixel. */
export interface Pixels {
  data: Uint8Array
  width: number
  height: number
  channels: 1 | 3 | 4
}

/** The picture at half its size, each pixel the mean of four. */
export function halved({ data, width, height, channels }: Pixels): Pixels {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const half = new Uint8Array(w * h * channels)
  let at = 0
  for (let y = 0; y < h; y += 1) {
    const upper = 2 * y * width
    const lower = Math.min(2 * y + 1, height - 1) * width
    for (let x = 0; x < w; x += 1) {
      const left = 2 * x
      const right = Math.min(left + 1, width - 1)
      const [a, b] = [(upper + left) * channels, (upper + right) * channels]
      const [c, d] = [(lower + left) * channels, (lower + right) * channels]
      for (let channel = 0; channel < channels; channel += 1) {
        const sum =
          (data[a + channel] ?? 0) + (data[b + channel] ?? 0) + (data[c + channel] ?? 0) + (data[d + channel] ?? 0)
        half[at++] = (sum + 2) >> 2
      }
    }
  }
  return { data: half, width: w, height: h, channels }
}

/** A part of a picture as an encoder takes it. */
export function partOf(pixels: Pixels, x: number, y: number, width: number, height: number): Transformer {
  const rgba = new Uint8Array(width * height * 4)
  copyPart(pixels, { x, y, width, height }, { rgba, width }, { x: 0, y: 0 })
  return Transformer.fromRgbaPixels(rgba, width, height)
}

/** Copies a part of a picture to a place of an RGBA picture so many pixels wide. */
export function copyPart(
  pixels: Pixels,
  part: { x: number; y: number; width: number; height: number },
  onto: { rgba: Uint8Array; width: number },
  at: { x: number; y: number },
): void {
  const { data, channels } = pixels
  const { rgba } = onto
  for (let row = 0; row < part.height; row += 1) {
    let from = ((part.y + row) * pixels.width + part.x) * channels
    let to = ((at.y + row) * onto.width + at.x) * 4
    for (let column = 0; column < part.width; column += 1) {
      rgba[to] = data[from] ?? 0
      rgba[to + 1] = data[channels === 1 ? from : from + 1] ?? 0
      rgba[to + 2] = data[channels === 1 ? from : from + 2] ?? 0
      // What is transparent lies on white paper; JPEG knows no transparency.
      const alpha = channels === 4 ? (data[from + 3] ?? 255) : 255
      if (alpha < 255) {
        for (let each = to; each < to + 3; each += 1) rgba[each] = 255 - ((255 - (rgba[each] ?? 0)) * alpha) / 255
      }
      rgba[to + 3] = 255
      to += 4
      from += channels
    }
  }
}

/** The whole picture as an encoder takes it. */
export function wholeOf(pixels: Pixels): Transformer {
  return partOf(pixels, 0, 0, pixels.width, pixels.height)
}
