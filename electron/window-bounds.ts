import type { Rectangle } from 'electron'

const least = { width: 360, height: 400 }

/**
 * Bounds that were kept, where a window of that size can still be seen and taken hold of; undefined when they are no
 * bounds, or the screen they were on is gone. `areas`: of the screens, without their bars.
 */
export function fittingBounds(kept: unknown, areas: readonly Rectangle[]): Rectangle | undefined {
  const { x, y, width, height } = (kept ?? {}) as Partial<Record<keyof Rectangle, unknown>>
  if (![x, y, width, height].every((value) => Number.isSafeInteger(value))) return undefined
  const bounds = { x, y, width, height } as Rectangle
  if (bounds.width < least.width || bounds.height < least.height) return undefined
  // Its upper edge, where it is taken hold of, has to be on a screen.
  const area = areas.find(
    (each) =>
      bounds.x + 80 < each.x + each.width &&
      bounds.x + bounds.width - 80 > each.x &&
      bounds.y >= each.y - 8 &&
      bounds.y + 40 < each.y + each.height,
  )
  if (!area) return undefined
  return { ...bounds, width: Math.min(bounds.width, area.width), height: Math.min(bounds.height, area.height) }
}
