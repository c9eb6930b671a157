import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareArchive } from '../../archive/preparing.ts'
import { findIssue, issuesOfTitle, openReading, readIssueDocument } from '../../archive/reading.ts'
import { makeLargeArchive } from '../fixtures/large-archive.ts'

/**
 * A large archive: making everything derived from it, against the floor of reading and parsing its issue documents
 * once; then opening it, its calendar and an issue. BENCH_ARTICLES sets the size.
 */
const articles = Number(process.env['BENCH_ARTICLES'] ?? 100_000)
const folder = mkdtempSync(join(process.env['BANMIAN_BENCH_OUT'] ?? tmpdir(), 'large-'))
const archive = join(folder, 'archive')
const cache = join(folder, 'cache')

async function timed<Result>(work: () => Result | Promise<Result>): Promise<[number, Result]> {
  const started = performance.now()
  const result = await work()
  return [performance.now() - started, result]
}

try {
  const [making, { issues, pages }] = await timed(() => makeLargeArchive(archive, articles))
  console.log(`${articles} articles, ${issues} issues, ${pages} pages, made in ${(making / 1000).toFixed(1)} s`)

  const documents = join(archive, 'data/issues/large')
  const [floor] = await timed(() => {
    for (const year of readdirSync(documents)) {
      for (const name of readdirSync(join(documents, year)))
        JSON.parse(readFileSync(join(documents, year, name), 'utf8'))
    }
  })
  const marks: [string, number][] = []
  const started = performance.now()
  const onProgress = ({ phase }: { phase: string }): void => {
    if (marks.at(-1)?.[0] !== phase) marks.push([phase, performance.now() - started])
  }
  const [preparing] = await timed(() => prepareArchive(archive, { cache, onProgress }))
  console.log(`  read and parse every document (floor): ${Math.round(floor)} ms`)
  marks.forEach(([phase, from], index) => {
    const ms = (marks[index + 1]?.[1] ?? preparing) - from
    console.log(`  ${phase.padEnd(10)} ${Math.round(ms)} ms (${(ms / floor).toFixed(1)} × the floor)`)
  })
  console.log(`  all        ${Math.round(preparing)} ms, ${Math.round(articles / (preparing / 1000))} articles/s`)
  console.log(`  memory     ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`)

  const [opening, reading] = await timed(() => openReading(archive, cache))
  const [calendar, rows] = await timed(() => issuesOfTitle(reading, 'large'))
  const middle = rows[Math.floor(rows.length / 2)]
  if (!middle) throw new Error('no issue in the middle')
  const [issue] = await timed(() => readIssueDocument(reading, findIssue(reading, middle)))
  console.log(
    `  open ${opening.toFixed(1)} ms, calendar of ${rows.length} issues ${calendar.toFixed(1)} ms, one issue ${issue.toFixed(1)} ms`,
  )
  reading.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
