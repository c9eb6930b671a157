import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { examineSources } from '../../archive/examining.ts'
import { copyHashed } from '../../archive/hashed-files.ts'
import { measureImage } from '../../archive/import/image-size.ts'
import { openSource } from '../../archive/import/open-source.ts'
import { importSources } from '../../archive/importing.ts'
import { prepareArchive, type PrepareProgress } from '../../archive/preparing.ts'
import { openReading, readInfo } from '../../archive/reading.ts'
import { makeLargeArchive } from '../fixtures/large-archive.ts'
import { articlesPerIssue, writeSmallMirror } from '../fixtures/small-mirror.ts'

/**
 * An import, against reading and hashing the same bytes with no work: its share of parsing (the dry run without the
 * heads of pictures), of image work (those heads) and of the disk (every file copied with its checksum and synced, and
 * no more); then what is made afterwards, pictures apart from catalogue and index. The peak memory of imports of
 * growing size. The time to open a large archive against that of an almost empty one. BENCH_DAYS, BENCH_PAGES set the
 * sizes; BENCH_PARTS names those that are wanted (throughput, memory, opening). `memory MIRROR` is the run of one import
 * alone, `mirror FOLDER DAYS` writes what it imports: its memory is none of the import's.
 */
const [mode, where = '', count] = process.argv.slice(2)
const folder = mkdtempSync(join(process.env['BANMIAN_BENCH_OUT'] ?? tmpdir(), 'import-'))

function days(many: number): string[] {
  return Array.from({ length: many }, (_, at) => new Date(Date.UTC(2001, 0, 1 + at)).toISOString().slice(0, 10))
}

function filesBelow(path: string): string[] {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
  return names.map((name) => join(path, name)).filter((file) => statSync(file).isFile())
}

async function timed<Result>(work: () => Promise<Result> | Result): Promise<[number, Result]> {
  const started = performance.now()
  const result = await work()
  return [performance.now() - started, result]
}

async function throughput(many: number): Promise<void> {
  const [mirror, archive, copies] = [join(folder, 'mirror'), join(folder, 'archive'), join(folder, 'copies')]
  await writeSmallMirror(mirror, days(many))
  const files = filesBelow(mirror)
  // The engine of every part is loaded before anything is timed.
  await examineSources([mirror])
  const [floor, bytes] = await timed(() =>
    files.reduce(
      (sum, file) => sum + createHash('sha256').update(readFileSync(file)).digest().length * 0 + statSync(file).size,
      0,
    ),
  )
  const [dryRun] = await timed(() => examineSources([mirror]))
  const source = await openSource(mirror)
  const pictures = source.files.filter((file) => /\.(?:png|jpe?g)$/.test(file))
  const [measuring] = await timed(async () => {
    for (const file of pictures) await measureImage(source, file)
  })
  await source.close()
  const [copying] = await timed(async () => {
    for (const file of files) {
      const to = join(copies, file.slice(mirror.length))
      mkdirSync(dirname(to), { recursive: true })
      await copyHashed(file, to)
    }
  })
  const [importing, outcome] = await timed(() => importSources([mirror], archive))
  // Every phase lasts until the first progress of the next.
  const phases = new Map<string, number>()
  let [phase, since] = ['catalogue', performance.now()]
  const enter = (next: string): void => {
    phases.set(phase, (phases.get(phase) ?? 0) + performance.now() - since)
    ;[phase, since] = [next, performance.now()]
  }
  const onProgress = (progress: PrepareProgress): void => {
    if (progress.phase !== phase) enter(progress.phase)
  }
  await prepareArchive(archive, { cache: join(folder, 'cache'), onProgress })
  enter('end')
  const spent = (...names: string[]): number => names.reduce((sum, name) => sum + (phases.get(name) ?? 0), 0)
  const per = (items: number): string => Math.round(items / (importing / 1000)).toLocaleString('en')
  const line = (name: string, ms: number): void =>
    console.log(
      `  ${name.padEnd(34)} ${Math.round(ms)} ms (${(ms / floor).toFixed(1)} × the floor, ${Math.round((100 * ms) / importing)} % of the import)`,
    )
  console.log(
    `${outcome.issues} issues, ${outcome.pages} pages, ${outcome.articles} articles, ${(bytes / 1e6).toFixed(1)} MB in ${files.length} files`,
  )
  line('read and hash the bytes (floor)', floor)
  line('pure parsing', dryRun - measuring)
  line(`image work: heads of ${pictures.length} pictures`, measuring)
  line('disk: copying, each file synced', copying)
  line('import', importing)
  line('afterwards: catalogue and index', spent('catalogue', 'index'))
  line('afterwards: pictures of pages', spent('pictures', 'tiles'))
  console.log(
    `  import: ${per(outcome.pages)} pages/s, ${per(outcome.articles)} articles/s, ${(bytes / 1e3 / importing).toFixed(1)} MB/s`,
  )
}

/** As the working process of the app is started. */
const heapOfWorkProcess = ['--max-semi-space-size=4', '--heap-growing-percent=20']

function memory(many: number): number {
  const mirror = join(folder, `mirror-${many}`)
  const run = (flags: string[], ...words: string[]): string =>
    spawnSync(process.execPath, [...process.execArgv, ...flags, import.meta.filename, ...words], {
      encoding: 'utf8',
      env: { ...process.env, BANMIAN_BENCH_OUT: folder },
    }).stdout
  run([], 'mirror', mirror, String(many))
  const said = run(heapOfWorkProcess, 'memory', mirror)
  rmSync(mirror, { recursive: true, force: true })
  return Number(said.trim().split('\n').at(-1))
}

/** Two articles a page: opening reads counts and titles, so that pages and issues are what may weigh. */
const articlesPerOpenedPage = 2

async function opening(pages: number): Promise<void> {
  const cache = join(folder, 'cache')
  const sizes = [1, pages].map((many) => ({ many, archive: join(folder, `open-${many}`), times: [] as number[] }))
  for (const { many, archive } of sizes) {
    await makeLargeArchive(archive, many * articlesPerOpenedPage, articlesPerOpenedPage)
    await prepareArchive(archive, { cache })
  }
  // By turns, so that neither has the colder program or the busier machine; the first turn is nobody's.
  for (let turn = 0; turn <= 41; turn += 1) {
    for (const { archive, times } of sizes) {
      const [ms, reading] = await timed(async () => {
        const opened = await openReading(archive, cache)
        readInfo(opened)
        return opened
      })
      reading.close()
      if (turn > 0) times.push(ms)
    }
  }
  const [empty = 0, large = 0] = sizes.map(({ times }) => times.sort((one, other) => one - other)[20] ?? 0)
  console.log(
    `  open: one page ${empty.toFixed(1)} ms, ${pages} pages ${large.toFixed(1)} ms (${(large / empty).toFixed(2)} ×)`,
  )
}

try {
  if (mode === 'mirror') await writeSmallMirror(where, days(Number(count)))
  else if (mode === 'memory') {
    await importSources([where], join(folder, 'archive'))
    console.log(Math.round(process.resourceUsage().maxRSS / 1024))
  } else {
    const parts = (process.env['BENCH_PARTS'] ?? 'throughput,memory,opening').split(',')
    if (parts.includes('throughput')) await throughput(Number(process.env['BENCH_DAYS'] ?? 250))
    if (parts.includes('memory')) {
      const sizes = process.env['BENCH_FULL'] ? [250, 2_500, 12_500] : [250, 2_500]
      const peaks = sizes.map(memory)
      const said = sizes.map((many, at) => {
        const times = ((peaks[at] ?? 0) / (peaks[0] ?? 0)).toFixed(2)
        return `${many * articlesPerIssue} articles ${peaks[at]} MB (${times} ×)`
      })
      console.log(`  peak memory of the import: ${said.join(', ')}`)
    }
    if (parts.includes('opening'))
      await opening(Number(process.env['BENCH_PAGES'] ?? (process.env['BENCH_FULL'] ? 100_000 : 10_000)))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
