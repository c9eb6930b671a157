import type { ImportWarning } from '../model.ts'
import { createFileFinder } from './file-finder.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { type MetsDocument, readMets, withDescendants } from './mets-document.ts'
import { isCalendar, metsIssues, type ReadMets } from './mets-issue.ts'
import type { Source } from './source.ts'
import { readSourceStart } from './source-start.ts'

const id = 'mets'
const version = 3

/** Metadata files, not texts of pages: METS of volumes have some ten megabytes. */
const largestMets = 64 * 1024 * 1024

async function isMets(source: Source, file: string): Promise<boolean> {
  const start = await readSourceStart(source, file)
  return /<(?:[\w-]+:)?mets[\s>]/i.test(start) && (await source.size(file)) <= largestMets
}

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries: string[] = []
  for (const file of source.files) if (/\.xml$/i.test(file) && (await isMets(source, file))) entries.push(file)
  return entries.length > 0 ? { confidence: 0.9, entries } : undefined
}

function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : ''
}

function hasPages({ mets }: ReadMets): boolean {
  return mets.physical.some((div) => withDescendants(div).some((each) => each.areas.length > 0))
}

/**
 * BnF writes the pages of an issue in one METS and its articles in another one below it, which names the files of the
 * first by their ids: both are read as one.
 */
function joinParts(all: ReadMets[]): { whole: ReadMets; parts: string[] }[] {
  const wholes = all.filter(hasPages)
  const joined = new Map(wholes.map((whole) => [whole, [] as string[]]))
  const alone: ReadMets[] = []
  for (const part of all) {
    if (joined.has(part)) continue
    const inside = (whole: ReadMets): boolean => folderOf(part.file).startsWith(folderOf(whole.file))
    const near = wholes.filter(inside).sort((a, b) => folderOf(b.file).length - folderOf(a.file).length)[0]
    if (!near || part.mets.logical.length === 0) alone.push(part)
    else {
      joined.get(near)?.push(part.file)
      const rename = new Map([...part.mets.descriptions].map(([key, value]) => [`toc ${key}`, value]))
      for (const [key, value] of rename) near.mets.descriptions.set(key, value)
      for (const div of part.mets.logical.flatMap(withDescendants)) {
        div.descriptions = div.descriptions.map((key) => `toc ${key}`)
      }
      near.mets.logical = part.mets.logical
    }
  }
  return [...[...joined].map(([whole, parts]) => ({ whole, parts })), ...alone.map((whole) => ({ whole, parts: [] }))]
}

function why(mets: MetsDocument): string {
  const all = mets.logical.flatMap(withDescendants)
  const years = all.filter((div) => div.type === 'YEAR').length
  const pointers = all.filter((div) => div.pointers.length > 0).length
  return isCalendar(mets) ? `${years} years, ${pointers} links to other files` : 'it has no pages'
}

async function readAll(
  source: Source,
  entries: string[],
  context: ImporterContext,
): Promise<[ReadMets[], ImportWarning[]]> {
  const all: ReadMets[] = []
  const warnings: ImportWarning[] = []
  for (const file of entries) {
    stopIfCancelled(context.signal)
    if (context.claimed?.has(file)) continue
    try {
      const mets = readMets(await source.bytes(file))
      if (mets) all.push({ mets, file })
    } catch (error) {
      warnings.push(warningFrom(error, file, 'damaged-document'))
    }
  }
  return [all, warnings]
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const find = createFileFinder(source)
  // A batch of METS files may be large: they are read one folder at a time, so that BnF's pairs are together.
  const folders = new Map<string, string[]>()
  for (const file of recognition.entries) {
    const folder = folderOf(file).replace(/(^|\/)toc\/$/i, '$1')
    folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  const editions = new Set<string>()
  let done = 0
  for (const entries of folders.values()) {
    const [all, warnings] = await readAll(source, entries, context)
    for (const item of warnings) yield { type: 'warning', warning: item }
    for (const { whole, parts } of joinParts(all)) {
      let issues = 0
      try {
        for await (const { issue, files } of metsIssues(whole, source, find, {
          importer: id,
          version,
          name: source.name,
        })) {
          const address = (): string => `${issue.title.id}/${issue.date}/${issue.edition}`
          while (editions.has(address())) issue.edition++
          editions.add(address())
          issues++
          yield { type: 'issue', issue, files: [...files, ...parts] }
        }
      } catch (error) {
        yield { type: 'warning', warning: warningFrom(error, whole.file, 'issue-unreadable') }
      }
      if (issues > 0) continue
      yield { type: 'files', files: [whole.file, ...parts] }
      // The reel's and the batch's own METS of NDNP are neither.
      if (!/reel/i.test(whole.mets.type))
        yield { type: 'warning', warning: warning('no-issue', whole.file, { reason: why(whole.mets) }) }
    }
    done += entries.length
    context.onProgress?.(done, recognition.entries.length, entries[0] ?? '')
  }
}

/** METS with ALTO or PAGE of any library: docWorks (BnL, RERO, Europeana Newspapers), BnF, British Library, Kitodo. */
export const metsImporter: Importer = { id, version, recognise, read }
