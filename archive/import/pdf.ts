import { byCodeUnit } from './file-marks.ts'
import { stopIfCancelled, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { placePdf, type PlacedPdf } from './pdf-places.ts'
import { issueOfPdfs } from './pdf-issue.ts'
import type { Source } from './source.ts'
import { titleIdOf } from './title-id.ts'

/**
 * PDFs that no other source names: a PDF for each page, grouped to issues by the newspaper and the date, or one for
 * an issue. The text layer gives the words with their places; where a PDF has none its pages are shown all the same.
 */
const id = 'pdf'
const version = 3

const isPdf = (file: string): boolean => /\.pdf$/i.test(file) && !/(?:^|\/)(?:\._|__MACOSX\/)/.test(file)

function recognise(source: Source): Promise<Recognition | undefined> {
  const entries = source.files.filter(isPdf)
  return Promise.resolve(entries.length > 0 ? { confidence: 0.4, entries } : undefined)
}

const { compare } = new Intl.Collator('en', { numeric: true })

/** PDFs that name a page are pages of one issue; those that name none are an issue each, unless all are one page. */
function issuesOf(pdfs: PlacedPdf[]): PlacedPdf[][] {
  const byName = [...pdfs].sort((a, b) => compare(a.file, b.file))
  const paged = byName.filter(({ page }) => page !== undefined)
  const whole = byName.filter(({ page }) => page === undefined)
  paged.sort((a, b) => compare(a.page?.label ?? '', b.page?.label ?? ''))
  const isOpaque =
    whole.length > 1 && whole.every(({ file, dateFrom }) => dateFrom === 'folder name' && /\d{6}/.test(file))
  const issues = isOpaque ? [[...paged, ...whole]] : [paged, ...whole.map((pdf) => [pdf])]
  return issues.filter((issue) => issue.length > 0)
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const groups = new Map<string, PlacedPdf[]>()
  // The PDF of a page belongs to the layout page or the METS that names it; what nothing names is an issue of its own.
  const entries = recognition.entries.filter((file) => !context.claimed?.has(file))
  for (const file of entries) {
    stopIfCancelled(context.signal)
    try {
      const placed = await placePdf(source, file)
      const key = `${placed.date}\n${titleIdOf(placed.title)}`
      const group = groups.get(key)
      if (group) group.push(placed)
      else groups.set(key, [placed])
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, file, 'pdf-unreadable') }
    }
  }
  const origin = { importer: id, version, name: source.name }
  let done = 0
  for (const [key, pdfs] of [...groups].sort((a, b) => byCodeUnit(a[0], b[0]))) {
    let edition = 1
    for (const files of issuesOf(pdfs)) {
      stopIfCancelled(context.signal)
      try {
        const { issue, warnings } = await issueOfPdfs(files, edition, origin, source, context.signal)
        for (const item of warnings) yield { type: 'warning', warning: item }
        if (issue) {
          edition += 1
          yield { type: 'issue', issue, files: [...new Set(files.map(({ file }) => file))] }
        }
      } catch (error) {
        stopIfCancelled(context.signal)
        yield { type: 'warning', warning: warningFrom(error, files[0]?.file ?? key, 'issue-unreadable') }
      }
      context.onProgress?.((done += files.length), entries.length, files[0]?.file ?? '')
    }
  }
}

/** PDFs by page and by issue. */
export const pdfImporter: Importer = { id, version, recognise, read }
