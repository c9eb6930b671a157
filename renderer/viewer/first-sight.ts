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

/** Pictures that are on their way before there is a place to put them: of a spread, two. */
const coming = new Map<string, Promise<Blob | undefined>>()
const mostComing = 2

/** Has a picture read that `putFirstSight` is going to be asked for: reading takes as long as the place needs to be made. */
export function expectFirstSight(url: string): void {
  if (coming.has(url)) return
  const file = read(url)
  // An error is met by whoever puts it in its place.
  file.catch(() => undefined)
  coming.set(url, file)
  const [oldest = ''] = coming.keys()
  if (coming.size > mostComing) coming.delete(oldest)
}

function takeExpected(url: string): Promise<Blob | undefined> | undefined {
  const file = coming.get(url)
  coming.delete(url)
  return file
}

async function read(url: string, signal?: AbortSignal): Promise<Blob | undefined> {
  const response = await fetch(url, { signal: signal ?? null })
  return response.status === 200 ? response.blob() : undefined
}

/**
 * Puts a picture into a canvas, as large as it is seen (`width` and `height` in CSS pixels, `most` pixels across at
 * most), decoded beside the interface's thread. Of an element, what is decoded would stay in a cache of the browser's.
 * What cannot be loaded, or is cut off, is left to who draws the page after.
 */
export async function putFirstSight(
  canvas: HTMLCanvasElement,
  url: string,
  seen: { width: number; height: number; most: number },
  signal: AbortSignal,
): Promise<void> {
  try {
    const file = await (takeExpected(url) ?? read(url, signal))
    if (!file || signal.aborted) return
    const across = seen.width * window.devicePixelRatio
    const scale = (seen.most > 0 ? Math.min(across, seen.most) : across) / seen.width
    const pixels = (side: number): number => Math.max(1, Math.round(side * scale))
    // Not ImageDecoder: it decodes less and sooner, but each of its steps waits for the interface's thread.
    const bitmap = await createImageBitmap(file, {
      resizeWidth: pixels(seen.width),
      resizeHeight: pixels(seen.height),
      // Song type has hairlines that every other reduction breaks up.
      resizeQuality: 'medium',
    })
    if (signal.aborted) return bitmap.close()
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height })
    canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)
  } catch {
    // Seen, or said, when the page itself is drawn.
  }
}
