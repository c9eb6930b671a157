import type { PageFilter } from '../../electron/bridge/views.ts'

/** A page as it was scanned. */
export const plainFilter: PageFilter = { brightness: 100, contrast: 100, invert: false, whiten: false }

/** True when nothing is changed. */
export function isPlain({ brightness, contrast, invert, whiten }: PageFilter): boolean {
  return brightness === 100 && contrast === 100 && !invert && !whiten
}

/** The CSS filter of a page's picture; empty for a page as it was scanned, so that nothing has to be computed. */
export function filterStyle({ brightness, contrast, invert, whiten }: PageFilter): string {
  return [
    // No more contrast than that: the hairlines of Song type, grey when reduced, would go with the paper.
    whiten ? 'grayscale(1) brightness(1.16)' : '',
    brightness === 100 ? '' : `brightness(${brightness / 100})`,
    contrast === 100 ? '' : `contrast(${contrast / 100})`,
    invert ? 'invert(1)' : '',
  ]
    .filter(Boolean)
    .join(' ')
}
