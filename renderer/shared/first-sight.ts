import type { FirstSightAnswer, FirstSightOrder, SeenSize } from './first-sight-worker.ts'

interface Place {
  x: number
  y: number
  width: number
  height: number
}

/** The place nearest to one, in CSS pixels, whose edges lie between pixels of the screen. */
export function onPixels({ x, y, width, height }: Place, ratio = window.devicePixelRatio): Place {
  const near = (value: number) => Math.round(value * ratio) / ratio
  const [left, top] = [near(x), near(y)]
  return { x: left, y: top, width: near(x + width) - left, height: near(y + height) - top }
}

let worker: Worker | undefined
let orders = 0
/** Who waits for a picture, by the number of the order. */
const waiting = new Map<number, (picture: ImageBitmap | undefined) => void>()
/** As large as the last page was seen, in pixels of the screen: the next is most often seen so too. */
let lastSize: SeenSize | undefined

/** It is kept: one that has to be started first is later than the picture is wanted. */
function order(said: FirstSightOrder): void {
  worker ??= started()
  worker.postMessage(said)
}

function started(): Worker {
  const begun = new Worker(new URL('./first-sight-worker.ts', import.meta.url), { type: 'module' })
  begun.addEventListener('message', ({ data }: MessageEvent<FirstSightAnswer>) => {
    const take = waiting.get(data.id)
    waiting.delete(data.id)
    if (take) take(data.picture)
    else data.picture?.close()
  })
  begun.addEventListener('error', () => {
    for (const take of waiting.values()) take(undefined)
    waiting.clear()
    worker = undefined
  })
  return begun
}

/** Has a picture read that `putFirstSight` is going to be asked for: reading takes as long as the place needs to be made. */
export function expectFirstSight(url: string | undefined): void {
  if (url) order({ act: 'expect', url, size: lastSize })
}

/**
 * Puts a picture into a canvas, as large as it is seen (`width` and `height` in CSS pixels, `most` pixels across at
 * most), read and decoded beside the interface's thread. Of an element, what is decoded would stay in a cache of the
 * browser's. What cannot be loaded, or is cut off, is left to who draws the page after.
 */
export async function putFirstSight(
  canvas: HTMLCanvasElement,
  url: string,
  seen: { width: number; height: number; most: number },
  signal: AbortSignal,
): Promise<void> {
  const across = seen.width * window.devicePixelRatio
  const scale = (seen.most > 0 ? Math.min(across, seen.most) : across) / seen.width
  const pixels = (side: number): number => Math.max(1, Math.round(side * scale))
  const size = { width: pixels(seen.width), height: pixels(seen.height) }
  lastSize = size
  const id = ++orders
  const picture = await new Promise<ImageBitmap | undefined>((take) => {
    waiting.set(id, take)
    signal.addEventListener('abort', () => {
      waiting.delete(id)
      take(undefined)
    })
    order({ act: 'see', id, url, size })
  })
  if (!picture) return
  Object.assign(canvas, { width: picture.width, height: picture.height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
  picture.close()
}
