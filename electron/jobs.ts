import { randomBytes } from 'node:crypto'
import { ArchiveError, type Language } from '../archive/errors.ts'
import type { JobKind, JobPhase, JobView, OcrScripts, WhenThere } from './bridge/job-views.ts'
import { remainingTime, type RemainingTime } from './remaining-time.ts'
import type { WorkProgress, WorkService, WorkSource } from './services.ts'

export interface Jobs {
  list: () => JobView[]
  /** Reads sources without writing: what an import into `target` would bring. */
  examine: (work: { sources: WorkSource[]; target: string | undefined }) => JobView
  /** Imports sources into the archive at `target` and prepares it. */
  import: (work: {
    sources: WorkSource[]
    target: string
    archive: string
    name: string
    whenThere: WhenThere
    inPlace: boolean
    language: Language
  }) => JobView
  /** Prepares an archive; answers the job that already does so, if there is one. */
  prepare: (work: { archive: string; path: string; name: string }) => JobView
  /** Recognises the text of an archive's pages that have none; answers the job that already does so. */
  recognise: (work: { archive: string; path: string; name: string; scripts?: OcrScripts | undefined }) => JobView
  cancel: (job: string) => Promise<void>
  pause: (job: string, paused: boolean) => Promise<void>
  onProgress: (progress: WorkProgress) => void
  onReadable: (job: string) => void
}

interface JobParts {
  worker: WorkService
  cache: string
  tell: (job: JobView) => void
  /** There is a new archive, or a fuller one: it belongs on the shelf. */
  imported: (path: string) => Promise<unknown>
  /** The archive can be read, or read anew. */
  changed: (archive: string) => void
}

const finished: JobPhase[] = ['done', 'failed', 'cancelled']
const jobsKept = 20

/** Long work: one job at a time, in the order in which it was asked. */
export function openJobs({ worker, cache, tell, imported, changed }: JobParts): Jobs {
  const jobs = new Map<string, JobView>()
  const clocks = new Map<string, RemainingTime>()
  let queue: Promise<void> = Promise.resolve()

  const update = (id: string, part: Partial<JobView>): void => {
    const job = jobs.get(id)
    if (!job || finished.includes(job.phase)) return
    Object.assign(job, part)
    tell({ ...job })
  }

  const enqueue = (kind: JobKind, archive: string, name: string, work: (id: string) => Promise<void>): JobView => {
    const id = randomBytes(8).toString('hex')
    const still = { done: 0, total: 0, file: '', bytes: 0, paused: false }
    const job: JobView = { id, kind, archive, archiveName: name, phase: 'waiting', ...still }
    jobs.set(id, job)
    clocks.set(id, remainingTime())
    for (const [old, { phase }] of jobs) {
      if (jobs.size > jobsKept && finished.includes(phase)) jobs.delete(old)
    }
    queue = queue.then(async () => {
      if (finished.includes(job.phase)) return
      update(id, { phase: 'reading' })
      try {
        await work(id)
        update(id, { phase: 'done', done: job.total, file: '', secondsLeft: undefined })
      } catch (error) {
        const known = error instanceof ArchiveError ? error : new ArchiveError('internal')
        const phase = known.code === 'cancelled' ? 'cancelled' : 'failed'
        update(id, { phase, problem: { code: known.code, details: known.details }, secondsLeft: undefined })
      }
      clocks.delete(id)
      if (archive !== '') changed(archive)
    })
    tell({ ...job })
    return { ...job }
  }

  return {
    list: () => [...jobs.values()].map((job) => ({ ...job })),
    examine: ({ sources, target }) =>
      enqueue('examine', '', '', async (job) => {
        update(job, { summary: await worker.examine({ job, sources, target }) })
      }),
    import: ({ archive, ...work }) =>
      enqueue('import', archive, work.name, async (job) => {
        update(job, { summary: await worker.import({ job, ...work }) })
        await imported(work.target)
        await worker.prepare({ job, path: work.target, cache })
      }),
    prepare: ({ archive, path, name }) => {
      const same = [...jobs.values()].find((job) => job.archive === archive && !finished.includes(job.phase))
      if (same) return { ...same }
      return enqueue('prepare', archive, name, async (job) => {
        await worker.prepare({ job, path, cache })
      })
    },
    recognise: ({ archive, path, name, scripts }) => {
      const isSame = (job: JobView): boolean => job.kind === 'ocr' && job.archive === archive
      const same = [...jobs.values()].find((job) => isSame(job) && !finished.includes(job.phase))
      if (same) return { ...same }
      return enqueue('ocr', archive, name, async (job) => {
        await worker.recognise({ job, path, cache, scripts })
      })
    },
    cancel: async (id) => {
      const job = jobs.get(id)
      if (!job || finished.includes(job.phase)) return
      if (job.phase === 'waiting') update(id, { phase: 'cancelled' })
      await worker.cancel({ job: id })
    },
    pause: async (id, paused) => {
      const job = jobs.get(id)
      if (!job || finished.includes(job.phase) || job.phase === 'waiting') return
      await worker.pause({ job: id, paused })
      clocks.get(id)?.restart()
      update(id, { paused, secondsLeft: undefined })
    },
    onProgress: ({ job, ...progress }) => {
      if (jobs.get(job)?.paused) clocks.get(job)?.restart()
      update(job, { ...progress, secondsLeft: clocks.get(job)?.after(progress) })
    },
    onReadable: (id) => {
      const job = jobs.get(id)
      if (job) changed(job.archive)
    },
  }
}
