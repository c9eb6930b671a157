const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** Bytes as people read them, in powers of a thousand: 12.3 MB. */
export function readableBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`
}
