import type { Source } from './source.ts'

/** Page PDFs are small; in a larger file the first box found may be any page's. */
const largestPdf = 64 * 1024 * 1024

/**
 * Size of a one-page PDF in points, from its first uncompressed MediaBox (ISO 32000-1, 7.7.3.3); undefined when there
 * is none to be read without a PDF library. Only the proportion is used.
 */
export async function pdfPageSize(
  source: Source,
  file: string,
): Promise<{ width: number; height: number } | undefined> {
  try {
    if ((await source.size(file)) > largestPdf) return undefined
    const text = Buffer.from(await source.bytes(file)).toString('latin1')
    const box = /\/MediaBox\s*\[\s*(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s+(-?[\d.]+)\s*\]/.exec(text)
    const [l = 0, b = 0, r = 0, t = 0] = (box ?? []).slice(1).map(Number)
    return r > l && t > b ? { width: Math.round(r - l), height: Math.round(t - b) } : undefined
  } catch {
    return undefined
  }
}
