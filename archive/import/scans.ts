import { stemOf } from './file-finder.ts'
import { stopIfCancelled, warningFrom } from './import-warning.ts'
import { FileMarks, type ReadonlyFileMarks } from './file-marks.ts'
import type {
  ClaimedAs,
  Importer,
  ImporterContext,
  ImporterOptionValues,
  ImportEvent,
  OptionPreview,
  Recognition,
} from './importer.ts'
import { guessPattern, previewPattern } from './name-pattern.ts'
import { type SniffedText, sniffPageText } from './text-sniffing.ts'
import { pictureFile } from './picture-files.ts'
import { groupScans, type ScanFiles } from './scan-groups.ts'
import { readScanIssue } from './scan-issue.ts'
import { readSourceBytes } from './source-start.ts'
import type { Source } from './source.ts'

const id = 'scans'
const version = 3

const textFile = /\.(?:xml|alto|hocr|html?)(?:\.gz)?$/i

/** Text files of pages among the files of a source, by their formats. */
async function textFiles(source: Source, files: readonly string[]): Promise<Map<string, SniffedText>> {
  const found = new Map<string, SniffedText>()
  for (const file of files) {
    if (!textFile.test(file)) continue
    const sniffed = sniffPageText(await readSourceBytes(source, file))
    if (sniffed) found.set(file, sniffed)
  }
  return found
}

/** Websites have pictures of all kinds: there only files that hold the text of a page count. */
function isWebsite(source: Source): boolean {
  return source.files.some((file) => /(?:^|\/)(?:content|node|nbs|nw|layout|paperindex)[\w.]*\.s?html?\b/i.test(file))
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const texts = [...(await textFiles(source, source.files)).keys()]
  const pictures = isWebsite(source) ? [] : source.files.filter((file) => pictureFile.test(file))
  const entries = [...texts, ...pictures]
  if (entries.length === 0) return undefined
  const pattern = guessPattern(entries.map((file) => `${source.name}/${file}`)) ?? ''
  return {
    confidence: 0.45,
    entries,
    options: [
      { id: 'pattern', kind: 'pattern', value: pattern },
      { id: 'title', kind: 'text', value: '' },
      { id: 'language', kind: 'text', value: '' },
    ],
  }
}

const mostRows = 40

async function preview(
  source: Source,
  recognition: Recognition,
  options: ImporterOptionValues,
): Promise<OptionPreview> {
  const names = recognition.entries.map((file) => `${source.name}/${file}`)
  const { rows, understood, problem } = previewPattern(names, options['pattern'] ?? '')
  const plain = rows.map((row) => ({
    ...row,
    file: row.file.slice(source.name.length + 1),
    ...(options['title'] ? { title: options['title'] } : {}),
  }))
  const strange = plain.filter((row) => row.problem !== undefined)
  const shown = [
    ...plain.slice(0, mostRows),
    ...strange.filter((row) => !plain.slice(0, mostRows).includes(row)).slice(0, mostRows),
  ]
  return Promise.resolve({ rows: shown, files: names.length, understood, ...(problem ? { problem } : {}) })
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1)
}

/**
 * Files that a surer importer has read, and those beside and below them, which are parts of what it read: an unnamed
 * thumbnail below a METS file is no newspaper of its own.
 */
function unclaimed(source: Source, entries: readonly string[], claimed: ReadonlyFileMarks<ClaimedAs>): string[] {
  const foldersOf = (how: ClaimedAs): Set<string> => {
    const found = new Set<string>()
    for (const file of claimed.marked(how)) found.add(folderOf(file))
    return found
  }
  const folders = foldersOf('issue')
  const isBelow = (file: string): boolean => {
    const parts = file.split('/').slice(0, -1)
    return parts.some((_, index) => folders.has(`${parts.slice(0, index + 1).join('/')}/`)) || folders.has('')
  }
  // Beside a description that was only kept lie the targets of a film and the like; below it lie other deliveries.
  const kept = foldersOf('kept')
  return entries.filter((file) => !claimed.has(file) && !isBelow(file) && !kept.has(folderOf(file)))
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const files = unclaimed(source, recognition.entries, context.claimed ?? new FileMarks<ClaimedAs>([], []))
  const texts = await textFiles(source, files)
  const pictures = files.filter((file) => pictureFile.test(file))
  const options = context.options ?? {}
  const pattern = options['pattern'] || guessPattern(files.map((file) => `${source.name}/${file}`))
  const pdfs = source.files.filter((file) => /\.pdf$/i.test(file) && !context.claimed?.has(file))
  const known: ScanFiles = { source, pictures, pdfs, texts }
  const groups = groupScans(known, pattern, options['title'])
  const editions = new Set<string>()
  let done = 0
  for (const group of groups) {
    stopIfCancelled(context.signal)
    try {
      const { issue, files: own } = await readScanIssue(group, known, options['language'], {
        importer: id,
        version,
        name: source.name,
      })
      while (editions.has(`${issue.title.id}/${issue.date}/${issue.edition}`)) issue.edition++
      editions.add(`${issue.title.id}/${issue.date}/${issue.edition}`)
      yield { type: 'issue', issue, files: own }
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, group.pages[0]?.stem ?? source.name, 'issue-unreadable') }
    }
    context.onProgress?.(++done, groups.length, stemOf(group.pages[0]?.stem ?? ''))
  }
}

/** Pictures of pages with or without their text beside them (ALTO, PAGE, hOCR, ABBYY), ordered by their names. */
export const scansImporter: Importer = { id, version, recognise, preview, read }
