/** Sizes of article text, in percent of the usual one. */
export const SMALLEST = 80
export const USUAL = 100
export const LARGEST = 300

const steps = [80, 90, 100, 110, 125, 150, 175, 200, 250, 300]

/** The next larger (1) or smaller (-1) step from any size. */
export function nextScale(scale: number, direction: 1 | -1): number {
  if (direction > 0) return steps.find((step) => step > scale) ?? LARGEST
  return steps.findLast((step) => step < scale) ?? SMALLEST
}
