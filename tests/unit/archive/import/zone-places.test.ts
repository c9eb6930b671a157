import { Transformer } from '@napi-rs/image'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Point } from '../../../../archive/model.ts'
import { importAll, sample, sourceOf } from './source-fixture.ts'

const root = 'B-C-zh-historic-tei'
const scans = 'hcts-hra+ecpo-segment/exp/all-detection-1/samples'
/** Every so many pixels of the scan one is looked at. */
const step = 6
/** Pixels of a character of the columns. */
const character = 24

/** What is at every step: true inside of a zone. */
interface Grid {
  columns: number
  rows: number
  inside: Uint8Array
}

/** The zones that ECPO's own program painted on the scan: everything that is not black. */
async function paintedZones(file: string): Promise<Grid> {
  const picture = new Transformer(readFileSync(file))
  const { width, height } = await picture.metadata()
  const pixels = await picture.rawPixels()
  const channels = pixels.length / (width * height)
  const [columns, rows] = [Math.floor(width / step), Math.floor(height / step)]
  const inside = new Uint8Array(columns * rows)
  for (let at = 0; at < inside.length; at += 1) {
    const from = (Math.floor(at / columns) * width + (at % columns)) * step * channels
    inside[at] = pixels.subarray(from, from + 3).some((value) => value > 20) ? 1 : 0
  }
  return { columns, rows, inside }
}

/** The zones of a page on the same grid. */
function importedZones(polygons: Point[][], { columns, rows }: Grid): Grid {
  const inside = new Uint8Array(columns * rows)
  for (const polygon of polygons) {
    for (let row = 0; row < rows; row += 1) {
      const y = row / rows
      const crossings = polygon.flatMap(([x1, y1], index) => {
        const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x1, y1]
        return y1 > y === y2 > y ? [] : [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)]
      })
      crossings.sort((one, other) => one - other)
      for (let at = 0; at + 1 < crossings.length; at += 2) {
        const [from = 0, to = 0] = crossings.slice(at, at + 2).map((x) => Math.round(x * columns))
        inside.fill(1, row * columns + Math.max(from, 0), row * columns + Math.min(to, columns))
      }
    }
  }
  return { columns, rows, inside }
}

/** Part of the grid in which two disagree, one of them moved. */
function disagreement(one: Grid, other: Grid, dx: number, dy: number): number {
  let differing = 0
  for (let y = 10; y < one.rows - 10; y += 1) {
    for (let x = 10; x < one.columns - 10; x += 1) {
      const there = other.inside[(y + dy) * one.columns + x + dx]
      if (one.inside[y * one.columns + x] !== there) differing += 1
    }
  }
  return differing / (one.rows * one.columns)
}

const folder = sample(root)

it.skipIf(!folder).each(['jb_3797_1939-04-23_0002+0003', 'jb_3797_1939-04-23_0001+0004'])(
  'zones of the 晶報 stand where they were drawn on the scan, within one character: %s',
  { timeout: 60_000 },
  async (name) => {
    const read = (path: string) => readFileSync(join(folder ?? '', path))
    const data = 'hcts-hra+ecpo-data'
    const { issues } = await importAll(
      sourceOf({
        [`t/1939/${name}.xml`]: read(`${data}/jingbao-textGT/1939/04/${name}.xml`),
        [`j/1939/${name.replace('+', 'to')}.json`]: read(
          `${data}/data/annotator_data/JB-visualGT/1939/04/${name.replace('+', 'to')}.json`,
        ),
        [`i/${name}.jpg`]: read(`${scans}/predictions/${name}.jpg`),
      }),
    )
    const page = issues[0]?.pages[0]
    expect(issues[0]).toMatchObject({ viewingDirection: 'right-to-left' })
    expect(issues[0]?.articles.some(({ writingMode }) => writingMode === 'vertical-rl')).toBe(true)
    const painted = await paintedZones(join(folder ?? '', scans, `labels/${name}.png`))
    const imported = importedZones(page?.zones.map(({ polygon }) => polygon) ?? [], painted)
    let best = { x: 0, y: 0, differing: 1 }
    for (let y = -8; y <= 8; y += 1) {
      for (let x = -8; x <= 8; x += 1) {
        const differing = disagreement(painted, imported, x, y)
        if (differing < best.differing) best = { x: (x * step) / character, y: (y * step) / character, differing }
      }
    }
    const said = JSON.stringify({ zones: page?.zones.length, ...best })
    if (process.env.SHOW_FIT) console.log(`${name}: ${said}`)
    expect(page?.zones.length, said).toBeGreaterThan(50)
    expect(Math.abs(best.x), said).toBeLessThanOrEqual(1)
    expect(Math.abs(best.y), said).toBeLessThanOrEqual(1)
    expect(best.differing, said).toBeLessThan(0.06)
  },
)
