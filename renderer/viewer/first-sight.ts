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
    const response = await fetch(url, { signal })
    if (response.status !== 200) return
    const across = seen.width * window.devicePixelRatio
    const scale = (seen.most > 0 ? Math.min(across, seen.most) : across) / seen.width
    const bitmap = await createImageBitmap(await response.blob(), {
      resizeWidth: Math.max(1, Math.round(seen.width * scale)),
      resizeHeight: Math.max(1, Math.round(seen.height * scale)),
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
