import type { TrendPoint } from './trend-series.ts'

/** The chart as shapes, for the screen and for a file alike. Pure; units of the drawing. */

export interface ChartShapes {
  width: number
  height: number
  left: number
  bottom: number
  /** Of each query: its lines (a hole in the archive breaks them) and its points. */
  lines: { path: string; dots: { x: number; y: number; index: number }[] }[]
  /** Lines across, with what they stand for. */
  levels: { y: number; value: number }[]
  /** Names under the axis. */
  ticks: { x: number; label: string }[]
}

const margin = { top: 16, right: 24, bottom: 36, left: 56 }
const mostTicks = 14

export function chartShapes(points: readonly TrendPoint[], width: number, height: number): ChartShapes {
  const across = width - margin.left - margin.right
  const down = height - margin.top - margin.bottom
  const values = points.flatMap((point) => point.values.filter((value) => value !== undefined))
  const step = niceStep(Math.max(...values, 0) / 4)
  const top = Math.max(step, Math.ceil(Math.max(...values, 0) / step) * step)
  const x = (index: number): number =>
    margin.left + (points.length < 2 ? across / 2 : (index / (points.length - 1)) * across)
  const y = (value: number): number => margin.top + down - (value / top) * down
  const queries = points[0]?.values.length ?? 0
  const lines = Array.from({ length: queries }, (_, query) => {
    const dots = points.flatMap((point, index) => {
      const value = point.values[query]
      return value === undefined ? [] : [{ x: x(index), y: y(value), index }]
    })
    const path = dots
      .map((dot, at) => `${dots[at - 1]?.index === dot.index - 1 ? 'L' : 'M'}${round(dot.x)} ${round(dot.y)}`)
      .join('')
    return { path, dots }
  })
  return {
    width,
    height,
    left: margin.left,
    bottom: margin.top + down,
    lines,
    levels: Array.from({ length: Math.round(top / step) + 1 }, (_, at) => ({ y: y(at * step), value: at * step })),
    ticks: ticksOf(points.map(({ label }) => label)).map(({ index, label }) => ({ x: x(index), label })),
  }
}

const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600]
const yearSteps = [1, 2, 5, 10, 20, 50]

/**
 * Names for the axis, of points in a row, `2013` or `2013-01`: at most `mostTicks`, where people look for them: each
 * January, each tenth year.
 */
function ticksOf(labels: readonly string[]): { index: number; label: string }[] {
  const byMonth = labels[0]?.includes('-') ?? false
  const steps = byMonth ? monthSteps : yearSteps
  const step = steps.find((each) => labels.length / each <= mostTicks) ?? Math.ceil(labels.length / mostTicks)
  const ticks = labels.flatMap((label, index) => {
    const [year = 0, month = 1] = label.split('-').map(Number)
    const place = byMonth ? year * 12 + month - 1 : year
    return place % step === 0 ? [{ index, label: byMonth && step % 12 === 0 ? String(year) : label }] : []
  })
  // A short row may lie between two of them.
  return ticks.length > 0 ? ticks : labels.slice(0, 1).map((label, index) => ({ index, label }))
}

/** 1, 2 or 5 times a power of ten, at least the rough one. */
function niceStep(rough: number): number {
  if (rough <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(rough))
  return ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
}

const round = (value: number): number => Math.round(value * 10) / 10

interface SvgWords {
  title: string
  /** Names of the queries, in their order. */
  names: readonly string[]
  colours: readonly string[]
  /** Below the chart: what was counted, where. */
  source: string
  number: (value: number) => string
}

/** The chart as a file of its own (SVG 1.1), with its title, its legend and its source. */
export function chartSvg(shapes: ChartShapes, { title, names, colours, source, number }: SvgWords): string {
  const head = 64
  const { width, height, left, bottom, levels, ticks, lines } = shapes
  const colour = (index: number): string => colours[index % colours.length] ?? '#34507a'
  const legend = names.map((name, index) => {
    const x = left + (index % 3) * ((width - left) / 3)
    const y = 46 + Math.floor(index / 3) * 16
    return `<circle cx="${x + 4}" cy="${y - 4}" r="4" fill="${colour(index)}"/><text x="${x + 14}" y="${y}" font-size="12">${escaped(name)}</text>`
  })
  const across = levels.map(
    ({ y, value }) =>
      `<path d="M${left} ${round(y)}H${width - margin.right}" stroke="#d9d2c5"/><text x="${left - 8}" y="${round(y) + 4}" text-anchor="end" font-size="11" fill="#6b655b">${escaped(number(value))}</text>`,
  )
  const below = ticks.map(
    ({ x, label }) =>
      `<text x="${round(x)}" y="${bottom + 20}" text-anchor="middle" font-size="11" fill="#6b655b">${label}</text>`,
  )
  const drawn = lines.map(
    ({ path, dots }, index) =>
      `<path d="${path}" fill="none" stroke="${colour(index)}" stroke-width="2"/>${dots.map(({ x, y }) => `<circle cx="${round(x)}" cy="${round(y)}" r="3" fill="${colour(index)}"/>`).join('')}`,
  )
  const shift = head + Math.floor((names.length - 1) / 3) * 16
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + shift + 24}" viewBox="0 0 ${width} ${height + shift + 24}" font-family="'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif" fill="#1e1c19">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${left}" y="26" font-size="16" font-weight="700">${escaped(title)}</text>
${legend.join('\n')}
<g transform="translate(0 ${shift})">
${across.join('\n')}
${below.join('\n')}
${drawn.join('\n')}
</g>
<text x="${left}" y="${height + shift + 10}" font-size="10" fill="#6b655b">${escaped(source)}</text>
</svg>
`
}

function escaped(text: string): string {
  const valid = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  return valid.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
