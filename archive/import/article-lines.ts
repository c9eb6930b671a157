import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ArchiveError } from '../errors.ts'
import { BadLine, parseArticleLine, type ArticleLine } from './article-line.ts'
import { issueOfLines } from './article-lines-issue.ts'
import { byCodeUnit } from './file-marks.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import type { Origin } from '../model.ts'
import type { Source } from './source.ts'
import { isGzip, longestLine, textLines } from './text-lines.ts'

/**
 * Articles as JSON Lines, `.jsonl` or `.jsonl.gz`: one article a line, in any order. Keys, the first that says
 * something wins:
 *
 * - `date`: needed; whatever `article-date.ts` reads.
 * - `paper`, `newspaper`: the newspaper. With `headline`, `title` is the newspaper too; without, `title` is the headline.
 *   A file that names none is one newspaper, by the file's name.
 * - `headline`, `title`; `kicker`; `subtitle`; `author`, `byline`; `section`; `kind` (article, photo, advert, notice).
 * - `body`, `content`, `text`: a string whose lines are paragraphs (what is broken within a sentence or a word is joined:
 *   `broken-lines.ts`), or a list of such.
 * - `pageLabel`, `page`: a label or a list of them, `1` when absent; `pageName`; `edition`; `language`; `id`.
 *
 * All other keys are kept in the article's metadata. Articles of one newspaper, day and edition are an issue, those of
 * one label a page. An issue too large for one document goes on in further editions. A line that is no article is a
 * warning with its number.
 */
const id = 'article-lines'
const version = 3

/** What one issue document may hold: more could not be read back. */
const mostArticles = 10_000
const mostBytes = 16 * 1024 * 1024
/** A file of something else would make a warning of every line. */
const mostWarnings = 1_000
const sniffedLines = 20

/** An issue by where its lines are: memory holds four numbers for each article, not the articles. */
interface IssueLines {
  paper: string
  date: string
  edition: number
  /** File, offset, length and number of the first line, of the second, … */
  spots: number[]
}

const numbersPerSpot = 4

const isName = (file: string): boolean => /\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(file)

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Decodes the lines of one file. The first line beyond ASCII decides: UTF-8, else GB18030 for the whole file. */
class LineDecoder {
  private encoding: string | undefined

  article(bytes: Uint8Array | undefined): ArticleLine {
    if (!bytes) throw new BadLine(`longer than ${longestLine} bytes`)
    this.encoding ??= this.encodingOf(bytes)
    const text = decoded(bytes, this.encoding ?? 'utf-8')
    if (text === undefined) throw new BadLine(this.encoding === 'gb18030' ? 'no GB18030' : 'no UTF-8')
    return parseArticleLine(text)
  }

  private encodingOf(bytes: Uint8Array): string | undefined {
    if (bytes.every((byte) => byte < 0x80)) return undefined
    return decoded(bytes, 'utf-8') === undefined && decoded(bytes, 'gb18030') !== undefined ? 'gb18030' : 'utf-8'
  }
}

const isBlank = (bytes: Buffer | undefined): boolean =>
  bytes !== undefined && bytes.length < 64 && bytes.toString('latin1').trim() === ''

async function holdsArticles(source: Source, file: string): Promise<boolean> {
  const decoder = new LineDecoder()
  try {
    for await (const { number, bytes } of textLines(source, file)) {
      try {
        if (!isBlank(bytes)) return Boolean(decoder.article(bytes))
      } catch (error) {
        if (!(error instanceof BadLine)) throw error
      }
      if (number >= sniffedLines) return false
    }
  } catch {
    // What cannot be unpacked is none of ours.
  }
  return false
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries: string[] = []
  for (const file of source.files) if (isName(file) && (await holdsArticles(source, file))) entries.push(file)
  return entries.length > 0 ? { confidence: 0.9, entries } : undefined
}

function paperOf(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.(?:jsonl|ndjson)(?:\.gz)?$/i, '').slice(0, 500) || file
}

/** Finds the issues of all files. Lines of packed files are kept unpacked in `folder`, to be read again in their order. */
async function* findIssues(
  source: Source,
  files: string[],
  folder: string,
  context: ImporterContext,
  found: { issues: Map<string, IssueLines>; handles: FileHandle[]; decoders: LineDecoder[] },
): AsyncGenerator<ImportEvent> {
  for (const [place, file] of files.entries()) {
    const disk = source.diskPath(file)
    const isDirect = disk !== undefined && !(await isGzip(source, file))
    const handle = isDirect ? await open(disk, 'r') : await open(join(folder, String(place)), 'w+')
    found.handles.push(handle)
    const decoder = new LineDecoder()
    found.decoders.push(decoder)
    let warnings = 0
    try {
      const onBytes = isDirect ? undefined : async (bytes: Buffer) => void (await handle.writeFile(bytes))
      for await (const { number, bytes, offset } of textLines(source, file, { onBytes })) {
        if (number % 1_000 === 0) {
          stopIfCancelled(context.signal)
          context.onProgress?.(0, 0, `${file}: ${number}`)
        }
        if (isBlank(bytes)) continue
        try {
          const { paper = paperOf(file), date, edition } = decoder.article(bytes)
          const key = JSON.stringify([date, paper, edition])
          const issue = found.issues.get(key) ?? { paper, date, edition, spots: [] }
          issue.spots.push(place, offset, bytes?.length ?? 0, number)
          found.issues.set(key, issue)
        } catch (error) {
          if (!(error instanceof BadLine)) throw error
          if (++warnings <= mostWarnings) {
            yield { type: 'warning', warning: warning('bad-line', file, { line: number, reason: error.message }) }
          }
        }
      }
    } catch (error) {
      if (error instanceof ArchiveError && error.code === 'cancelled') throw error
      // What came before the damage is good.
      yield { type: 'warning', warning: warningFrom(error, file, 'text-unreadable') }
    }
  }
}

/** The lines of one issue, in the order of the files. */
async function linesOf(spots: number[], handles: FileHandle[], decoders: LineDecoder[]): Promise<ArticleLine[]> {
  const lines: ArticleLine[] = []
  for (let place = 0; place < spots.length; place += numbersPerSpot) {
    const [file = 0, offset = 0, length = 0] = spots.slice(place, place + numbersPerSpot)
    const bytes = Buffer.alloc(length)
    await handles[file]?.read(bytes, 0, length, offset)
    const line = decoders[file]?.article(bytes)
    if (line) lines.push(line)
  }
  return lines
}

function originsOf(spots: number[], files: string[]): Origin[] {
  const origins: Origin[] = []
  for (let place = 0; place < spots.length; place += numbersPerSpot) {
    origins.push({ file: files[spots[place] ?? 0] ?? '', at: `line ${spots[place + 3] ?? 0}` })
  }
  return origins
}

/** Parts of an issue that one document each can hold. */
function partsOf(spots: number[]): number[][] {
  const parts: number[][] = [[]]
  let size = 0
  for (let place = 0; place < spots.length; place += numbersPerSpot) {
    const length = spots[place + 2] ?? 0
    const part = parts.at(-1)
    if (part && part.length > 0 && (part.length >= mostArticles * numbersPerSpot || size + length > mostBytes)) {
      parts.push([])
      size = 0
    }
    size += length
    parts.at(-1)?.push(...spots.slice(place, place + numbersPerSpot))
  }
  return parts
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const files = recognition.entries
  const folder = await mkdtemp(join(tmpdir(), 'banmian-lines-'))
  const found = { issues: new Map<string, IssueLines>(), handles: [] as FileHandle[], decoders: [] as LineDecoder[] }
  try {
    yield* findIssues(source, files, folder, context, found)
    const issues = [...found.issues.values()].sort((a, b) => byCodeUnit(a.date, b.date) || a.edition - b.edition)
    const taken = new Set(issues.map(({ paper, date, edition }) => JSON.stringify([paper, date, edition])))
    for (const [done, issue] of issues.entries()) {
      for (const [place, part] of partsOf(issue.spots).entries()) {
        stopIfCancelled(context.signal)
        let { edition } = issue
        const key = (): string => JSON.stringify([issue.paper, issue.date, edition])
        while (place > 0 && taken.has(key())) edition++
        taken.add(key())
        const { paper, date } = issue
        const origin = { importer: id, version, name: source.name }
        const document = issueOfLines(
          await linesOf(part, found.handles, found.decoders),
          { paper, date, edition },
          origin,
          { origins: originsOf(part, files) },
        )
        const kept = new Set(part.filter((_, index) => index % numbersPerSpot === 0).map((file) => files[file] ?? ''))
        yield { type: 'issue', issue: document, files: [...kept] }
      }
      context.onProgress?.(done + 1, issues.length, issue.date)
    }
  } finally {
    for (const handle of found.handles) await handle.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Articles as JSON Lines: one article a line. */
export const articleLinesImporter: Importer = { id, version, recognise, read }
