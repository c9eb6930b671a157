/**
 * Reads and decodes the picture of a page away from the interface's thread, which is building the reader meanwhile: each
 * step of it there would wait for that. What crosses over is one message to begin, one with the place, and the picture.
 */

import { plainJpegSize } from './plain-jpeg.ts'

/** Pixels of the screen. */
export interface SeenSize {
  width: number
  height: number
}

/** `expect`: begin to read, and to decode for about `size`; `see`: answer with the picture in exactly `size`. */
export type FirstSightOrder =
  { act: 'expect'; url: string; size: SeenSize | undefined } | { act: 'see'; id: number; url: string; size: SeenSize }

/** Without a picture: it cannot be read, or is cut off. */
export interface FirstSightAnswer {
  id: number
  picture: ImageBitmap | undefined
}

interface Decoded {
  pixels: VideoFrame
  /** It can be seen as large as this without loss; one that was decoded whole as large as one likes. */
  upTo: SeenSize
}

interface Coming {
  file: ArrayBuffer
  /** A JPEG, decoded for a size that it is going to be seen in, most likely. Of other files the whole would have to wait. */
  early: Decoded | undefined
}

/** Pictures that are on their way before there is a place to put them: of a spread, two. */
const coming = new Map<string, Promise<Coming | undefined>>()
const mostComing = 2
/** Milliseconds after which one that was read is not asked for any more: the canvas had it already. */
const longestWait = 5000

addEventListener('message', ({ data }: MessageEvent<FirstSightOrder>) => {
  if (data.act === 'expect') expectPicture(data.url, data.size)
  else void answer(data)
})

async function answer({ id, url, size }: Extract<FirstSightOrder, { act: 'see' }>): Promise<void> {
  const picture = await picturedAs(url, size).catch(() => undefined)
  const said: FirstSightAnswer = { id, picture }
  postMessage(said, { transfer: picture ? [picture] : [] })
}

function expectPicture(url: string, size: SeenSize | undefined): void {
  if (coming.has(url)) return
  const picture = read(url, size)
  coming.set(url, picture)
  const [oldest = ''] = coming.keys()
  if (coming.size > mostComing) void forget(oldest)
  const leave = () => setTimeout(() => coming.get(url) === picture && void forget(url), longestWait)
  // An error is met by whoever asks to see it.
  picture.then(leave, leave)
}

async function forget(url: string): Promise<void> {
  const left = coming.get(url)
  coming.delete(url)
  await left?.then(
    (picture) => picture?.early?.pixels.close(),
    () => undefined,
  )
}

async function picturedAs(url: string, size: SeenSize): Promise<ImageBitmap | undefined> {
  const expected = coming.get(url)
  coming.delete(url)
  const picture = await (expected ?? read(url, size))
  if (!picture) return undefined
  const { file, early } = picture
  const isEnough = early && early.upTo.width >= size.width && early.upTo.height >= size.height
  if (!isEnough) early?.pixels.close()
  const decoded = isEnough ? early : await decode(file, size)
  if (!decoded) return reduced(new Blob([file]), size)
  try {
    return await reduced(decoded.pixels, size)
  } finally {
    decoded.pixels.close()
  }
}

function reduced(picture: ImageBitmapSource, { width, height }: SeenSize): Promise<ImageBitmap> {
  // Song type has hairlines that every other reduction breaks up.
  return createImageBitmap(picture, { resizeWidth: width, resizeHeight: height, resizeQuality: 'medium' })
}

async function read(url: string, size: SeenSize | undefined): Promise<Coming | undefined> {
  const response = await fetch(url)
  if (response.status !== 200) return undefined
  const file = await response.arrayBuffer()
  return { file, early: size && (await decode(file, size)) }
}

/** A JPEG is decoded at a multiple of an eighth of its size, in as many times less. */
const wholeParts = 8
const everySize: SeenSize = { width: Infinity, height: Infinity }

/** A JPEG hardly larger than it is seen, which takes a third of the time of the whole; undefined of other files. */
async function decode(data: ArrayBuffer, size: SeenSize): Promise<Decoded | undefined> {
  const whole = plainJpegSize(new DataView(data))
  if (!whole) return undefined
  const share = Math.max(size.width / whole.width, size.height / whole.height)
  const parts = Math.min(wholeParts, Math.ceil(share * wholeParts))
  const desired = (side: number): number => Math.ceil((side * parts) / wholeParts)
  const upTo = { width: desired(whole.width), height: desired(whole.height) }
  // The decoder takes what is desired for the most, not for the least.
  const words = { data, type: 'image/jpeg', desiredWidth: upTo.width, desiredHeight: upTo.height }
  const decoder = new ImageDecoder(words)
  try {
    const { image } = await decoder.decode()
    return { pixels: image, upTo: parts < wholeParts ? upTo : everySize }
  } finally {
    decoder.close()
  }
}
