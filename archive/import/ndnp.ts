import type { ImportWarning, IssueDocument } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { languageTag } from './language-tag.ts'
import { createLinkResolver, type LinkResolver } from './link-resolution.ts'
import { type ListedIssue, type NdnpIssue, parseNdnpBatch, parseNdnpIssue } from './ndnp-mets.ts'
import { assembleNdnpPage, type NdnpPageResult } from './ndnp-pages.ts'
import type { Source } from './source.ts'

const id = 'ndnp'
const version = 2

const batchName = /(?:^|\/)batch(?:_\d+)?\.xml$/i
/** `1859022101/1859022101.xml` and the validated copy `1859022101_1.xml`. */
const issueName = /(?:^|\/)(\d{10})\/\1(?:_\d+)?\.xml$/

async function startsLike(source: Source, file: string, pattern: RegExp): Promise<boolean> {
  try {
    return pattern.test(Buffer.from((await source.bytes(file)).subarray(0, 4096)).toString('latin1'))
  } catch {
    return false
  }
}

/** A batch list of the Library of Congress' namespace is certain; without one, issue METS are known by their type. */
async function recognise(source: Source): Promise<Recognition | undefined> {
  for (const file of source.files.filter((each) => batchName.test(each))) {
    if (await startsLike(source, file, /<(?:\w+:)?batch\b[^>]*loc\.gov\/ndnp/)) {
      return { confidence: 1, entries: source.files.filter((each) => batchName.test(each) || issueName.test(each)) }
    }
  }
  const issues = source.files.filter((each) => issueName.test(each))
  const first = issues[0]
  if (first === undefined || !(await startsLike(source, first, /ndnp:mets:newspaper:issue/))) return undefined
  return { confidence: 0.95, entries: issues }
}

/** An issue to be read: its METS files, best first. */
interface Candidate {
  key: string
  /** As listed, for the message when nothing of it was delivered. */
  wanted: string
  mets: string[]
  listed?: ListedIssue
  batch?: string
}

function withoutCopyMark(path: string): string {
  return path.replace(/_\d+\.xml$/i, '.xml').toLowerCase()
}

/** Issues that the batch lists name, in their order, then those that only lie in the folders. */
async function findIssues(
  source: Source,
  entries: string[],
  resolve: LinkResolver,
): Promise<{ candidates: Candidate[]; kept: string[]; warnings: ImportWarning[] }> {
  const candidates = new Map<string, Candidate>()
  const kept: string[] = []
  const warnings: ImportWarning[] = []
  const metsFiles = new Map<string, string[]>()
  for (const file of entries.filter((entry) => issueName.test(entry))) {
    const key = withoutCopyMark(file)
    // The validated copy `_1` sorts behind the plain file and is preferred.
    metsFiles.set(key, [file, ...(metsFiles.get(key) ?? [])])
  }
  for (const file of entries.filter((entry) => batchName.test(entry))) {
    let batch
    try {
      batch = parseNdnpBatch(await source.bytes(file))
    } catch (error) {
      warnings.push(warningFrom(error, file, 'damaged-document'))
    }
    if (!batch) continue
    kept.push(file)
    if (batch.problem) warnings.push(warning('damaged-document', file, { reason: batch.problem }))
    for (const href of batch.reels) {
      const path = resolve(file, href)?.path
      if (path) kept.push(path)
    }
    for (const listed of batch.issues) {
      const wanted = resolve(file, listed.href)?.wanted ?? listed.href
      const key = withoutCopyMark(wanted)
      if (!candidates.has(key)) {
        candidates.set(key, { key, wanted, mets: metsFiles.get(key) ?? [], listed, batch: batch.name })
      }
    }
  }
  for (const [key, mets] of metsFiles) {
    if (!candidates.has(key)) candidates.set(key, { key, wanted: mets[0] ?? key, mets })
  }
  return { candidates: [...candidates.values()], kept, warnings }
}

/** `The Evening star, 1859-02-21` → `The Evening star`; a place in brackets is not part of the name. */
function titleOf(label: string): { name: string; place?: string } {
  const name = cleanLine(label).replace(/[,;]?\s*\d{4}-\d{2}-\d{2}\s*$/, '')
  const place = /^(.+?)\s*\(([^()]+)\)$/.exec(name)
  return place?.[1] ? { name: place[1], place: place[2] } : { name }
}

/** The first METS that can be read; a damaged validated copy falls back to the plain one, with a warning. */
async function readMets(
  source: Source,
  candidate: Candidate,
): Promise<{ file: string; mets: NdnpIssue; warnings: ImportWarning[] } | ImportWarning[]> {
  const warnings: ImportWarning[] = []
  for (const file of candidate.mets) {
    try {
      const mets = parseNdnpIssue(await source.bytes(file))
      if (mets) return { file, mets, warnings }
    } catch (error) {
      warnings.push(warningFrom(error, file, 'damaged-document'))
    }
  }
  return warnings.length > 0 ? warnings : [warning('missing-file', candidate.wanted)]
}

async function readIssue(source: Source, resolve: LinkResolver, candidate: Candidate): Promise<ImportEvent[]> {
  const read = await readMets(source, candidate)
  if (Array.isArray(read)) return read.map((item) => ({ type: 'warning', warning: item }))
  const { file, mets, warnings } = read
  const folder = file.split('/').at(-2) ?? ''
  const date = mets.date ?? candidate.listed?.date ?? folder.replace(/^(\d{4})(\d{2})(\d{2})\d\d$/, '$1-$2-$3')
  const lccn = mets.lccn ?? candidate.listed?.lccn ?? file.split('/').at(-4) ?? 'ndnp'
  const { name, place } = titleOf(mets.label)
  const results: NdnpPageResult[] = []
  for (const [index, page] of mets.pages.entries()) {
    results.push(await assembleNdnpPage(page, index + 1, file, source, resolve))
  }
  const language = mets.language ?? results.flatMap(({ languages }) => languages)[0]
  const titleId = lccn.toLowerCase().replace(/[^a-z\d._-]+/g, '')
  const issue: IssueDocument = {
    format: 'banmian-issue',
    version: 1,
    title: { id: titleId, name: name || titleId, language: languageTag(language) ?? 'en' },
    date,
    edition: mets.edition ?? candidate.listed?.edition ?? (Number(folder.slice(8)) || 1),
    number: mets.number,
    pages: results.map((result) => result.page),
    articles: results.map((result) => result.article).filter((article) => article !== undefined),
    warnings: [...warnings, ...results.flatMap((result) => result.warnings)],
    source: { importer: id, version, name: source.name },
    origins: { '*': { file } },
    metadata: {
      lccn,
      ...(mets.volume ? { volume: mets.volume } : {}),
      ...(place ? { place } : {}),
      ...(candidate.batch ? { batch: candidate.batch } : {}),
    },
  }
  const files = [...candidate.mets, ...results.flatMap((result) => result.files)]
  return [{ type: 'issue', issue, files: [...new Set(files)] }]
}

function addressOf(issue: IssueDocument): string {
  return `${issue.title.id}/${issue.date}/${issue.edition}`
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const resolve = createLinkResolver(source)
  const { candidates, kept, warnings } = await findIssues(source, recognition.entries, resolve)
  for (const item of warnings) yield { type: 'warning', warning: item }
  const editions = new Set<string>()
  let done = 0
  for (const candidate of candidates) {
    stopIfCancelled(context.signal)
    try {
      for (const event of await readIssue(source, resolve, candidate)) {
        // Two issues of a day under one edition number: deliveries have them, an archive cannot.
        if (event.type === 'issue') while (editions.has(addressOf(event.issue))) event.issue.edition++
        if (event.type === 'issue') editions.add(addressOf(event.issue))
        yield event
      }
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, candidate.wanted, 'issue-unreadable') }
    }
    context.onProgress?.(++done, candidates.length, candidate.wanted)
  }
  if (kept.length > 0) yield { type: 'files', files: [...new Set(kept)] }
}

/** Batches of the National Digital Newspaper Program: METS per issue, ALTO and PDF per page, no articles. */
export const ndnpImporter: Importer = { id, version, recognise, read }
