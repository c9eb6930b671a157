import { constants, setPriority } from 'node:os'
import { ArchiveError } from '../archive/errors.ts'
import { importSources } from '../archive/importing.ts'
import { drawPdfPages, writeParts } from '../archive/page-cutting.ts'
import { copyOriginal, pageFacts } from '../archive/page-original.ts'
import { prepareArchive } from '../archive/preparing.ts'
import { tilePage } from '../archive/preparing-tiles.ts'
import { hostService } from './service-host.ts'
import type { JobPhase } from './bridge/views.ts'
import type { WorkService } from './services.ts'

/** The working process: long work, one job at a time, cancelled by its id. */
const running = new Map<string, AbortController>()
const reportEvery = 100

// Whoever reads and searches meanwhile comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const service: WorkService = {
  import: ({ job, sources, target, name }) =>
    asJob(job, (signal, report) => importSources(sources, target, { name, signal, onProgress: report })),
  prepare: ({ job, path, cache }) =>
    asJob(job, async (signal, report) => {
      const onReadable = (): void => send({ type: 'readable', job })
      await prepareArchive(path, { cache, signal, onProgress: report, onReadable })
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
  drawPdf: ({ pdf, ...into }) => drawPdfPages(pdf, into),
  cancel: async ({ job }) => {
    running.get(job)?.abort()
    return undefined
  },
}

const send = hostService(service, process.parentPort)

type Report = (progress: { phase: JobPhase; done: number; total: number; file: string }) => void

async function asJob<Result>(
  job: string,
  work: (signal: AbortSignal, report: Report) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  running.set(job, controller)
  let last = 0
  let phase = ''
  try {
    return await work(controller.signal, (progress) => {
      const now = Date.now()
      if (progress.phase === phase && now - last < reportEvery) return
      last = now
      phase = progress.phase
      send({ type: 'progress', progress: { job, ...progress } })
    })
  } catch (error) {
    throw controller.signal.aborted ? new ArchiveError('cancelled') : error
  } finally {
    running.delete(job)
  }
}
