import { constants, setPriority } from 'node:os'
import { writeBook } from '../archive/annotations/book-files.ts'
import { keepReport } from '../archive/archive-logs.ts'
import { ArchiveError } from '../archive/errors.ts'
import { examineSources } from '../archive/examining.ts'
import { writeAtomic } from '../archive/files.ts'
import { importSources } from '../archive/importing.ts'
import { examinationReport, importReport } from '../archive/import-report.ts'
import { ocrScripts } from '../archive/ocr/ocr-languages.ts'
import { recogniseArchive } from '../archive/ocr/recognising.ts'
import { drawPdfPages, writeParts } from '../archive/page-cutting.ts'
import { copyOriginal, pageFacts } from '../archive/page-original.ts'
import { previewOptions } from '../archive/option-preview.ts'
import { outlinePages } from '../archive/pdf/pdf-outline.ts'
import { prepareArchive } from '../archive/preparing.ts'
import { tilePage } from '../archive/preparing-tiles.ts'
import { reportCsv, reportHtml, type Report } from '../archive/report.ts'
import { openPause, type WorkControl, type WorkPause } from '../archive/work-pause.ts'
import type { Language } from '../archive/errors.ts'
import type { JobPhase, JobResult } from './bridge/job-views.ts'
import { examinedView, importView, summaryOf } from './job-results.ts'
import { hostService } from './service-host.ts'
import type { WorkService, WorkSource } from './services.ts'

/** The working process: long work, one job at a time, paused and cancelled by its id. */
interface RunningJob extends WorkPause {
  cancel: () => void
}
const running = new Map<string, RunningJob>()
const reportEvery = 100

/** What came of the last jobs: a screen asks for it in short, a report has it all. */
interface KeptResult {
  view: JobResult
  report: (language: Language) => Report
}
const results = new Map<string, KeptResult>()
const resultsKept = 20

// Whoever reads and searches meanwhile comes first. Refused where the whole program already runs with less.
try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
} catch {
  // It is late by itself then.
}

const service: WorkService = {
  examine: ({ job, sources, target }) =>
    asJob(job, async (control, report) => {
      const paths = sources.map(({ path }) => path)
      const options = optionsOf(sources)
      const examined = await examineSources(paths, { ...control, target, options, onProgress: report })
      const views = examined.map((one, at) => examinedView(one, sources[at] ?? { path: '', token: '', options: {} }))
      keep(job, {
        view: { kind: 'examine', sources: views },
        report: (language) => examinationReport(examined, target ?? '', language),
      })
      return summaryOf(examined)
    }),
  preview: ({ source }) => previewOptions(source.path, source.options),
  import: ({ job, sources, target, name, whenThere, inPlace, language }) =>
    asJob(job, async (control, report) => {
      const paths = sources.map(({ path }) => path)
      const settings = { name, whenThere, inPlace, options: optionsOf(sources) }
      const outcome = await importSources(paths, target, { ...control, ...settings, onProgress: report })
      const reportIn = (words: Language): Report => importReport(outcome, paths, target, words)
      keep(job, { view: importView(outcome), report: reportIn })
      await keepReport(target, 'import', reportIn(language), language)
      const { issues, pages, articles, zones, words, warnings } = outcome
      return { issues, pages, articles, zones, words, warnings: warnings.length }
    }),
  result: async ({ job }) => results.get(job)?.view,
  saveReport: async ({ job, file, language }) => {
    const report = results.get(job)?.report(language)
    if (!report) throw new ArchiveError('background-stopped')
    await writeAtomic(file, /\.csv$/i.test(file) ? reportCsv(report) : reportHtml(report, language))
    return undefined
  },
  prepare: ({ job, path, cache }) =>
    asJob(job, async (control, report) => {
      const onReadable = (): void => send({ type: 'readable', job })
      await prepareArchive(path, { cache, ...control, onProgress: report, onReadable })
      return undefined
    }),
  recognise: ({ job, path, cache, scripts = {} }) =>
    asJob(job, async (control, report) => {
      const chosen = Object.entries(scripts).map(([title, script]) => [title, ocrScripts[script]] as const)
      const languagesOfTitles = Object.fromEntries(chosen)
      await recogniseArchive(path, { cache, ...control, languagesOfTitles, onProgress: report })
      return undefined
    }),
  tilePage: async ({ path, cache, issue, page }) => {
    await tilePage(path, cache, { ...issue, page })
    return undefined
  },
  pageFacts: ({ page, ...archive }) => pageFacts(archive, page),
  cutParts: ({ parts, target, foot, ...archive }) => writeParts(archive, parts, target, foot),
  copyOriginal: async ({ page, target, ...archive }) => {
    await copyOriginal(archive, page, target)
    return undefined
  },
  writeBook: async ({ book, cuts, form, target }) => {
    await writeBook(book, cuts, form, target)
    return undefined
  },
  outlinePages: ({ pdf, level }) => outlinePages(pdf, level),
  drawPdf: ({ pdf, ...into }) => drawPdfPages(pdf, into),
  pause: async ({ job, paused }) => {
    if (paused) running.get(job)?.pause()
    else running.get(job)?.resume()
    return undefined
  },
  cancel: async ({ job }) => {
    running.get(job)?.cancel()
    return undefined
  },
}

const send = hostService(service, process.parentPort)

function optionsOf(sources: readonly WorkSource[]): Record<string, Record<string, string>> {
  return Object.fromEntries(sources.map(({ path, options }) => [path, options]))
}

function keep(job: string, result: KeptResult): void {
  results.set(job, result)
  const [oldest] = results.keys()
  if (results.size > resultsKept && oldest !== undefined) results.delete(oldest)
}

type ReportProgress = (progress: { phase: JobPhase; done: number; total: number; file: string; bytes?: number }) => void

async function asJob<Result>(
  job: string,
  work: (control: WorkControl, report: ReportProgress) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const { signal } = controller
  const pause = openPause(signal)
  running.set(job, { pause: pause.pause, resume: pause.resume, cancel: () => controller.abort() })
  let last = 0
  let phase = ''
  try {
    return await work({ signal, whenAllowed: pause.whenAllowed }, (progress) => {
      const now = Date.now()
      if (progress.phase === phase && now - last < reportEvery) return
      last = now
      phase = progress.phase
      send({ type: 'progress', progress: { job, ...progress } })
    })
  } catch (error) {
    throw signal.aborted ? new ArchiveError('cancelled') : error
  } finally {
    running.delete(job)
  }
}
