import { randomBytes } from 'node:crypto'
import { ArchiveError } from '../archive/errors.ts'
import type { JobKind, JobPhase, JobView } from './bridge/views.ts'
import type { WorkProgress, WorkService } from './services.ts'

export interface Jobs {
  list: () => JobView[]
  /** Imports a source into the archive at `target` and prepares it. */
  import: (work: { source: string; target: string; archive: string; name: string }) => JobView
  /** Prepares an archive; answers the job that already does so, if there is one. */
  prepare: (work: { archive: string; path: string; name: string }) => JobView
  cancel: (job: string) => Promise<void>
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
  let queue: Promise<void> = Promise.resolve()

  const update = (id: string, part: Partial<JobView>): void => {
    const job = jobs.get(id)
    if (!job || finished.includes(job.phase)) return
    Object.assign(job, part)
    tell({ ...job })
  }

  const enqueue = (kind: JobKind, archive: string, name: string, work: (id: string) => Promise<void>): JobView => {
    const id = randomBytes(8).toString('hex')
    const job: JobView = { id, kind, archive, archiveName: name, phase: 'reading', done: 0, total: 0, file: '' }
    jobs.set(id, job)
    for (const [old, { phase }] of jobs) {
      if (jobs.size > jobsKept && finished.includes(phase)) jobs.delete(old)
    }
    queue = queue.then(async () => {
      if (finished.includes(job.phase)) return
      try {
        await work(id)
        update(id, { phase: 'done', done: job.total, file: '' })
      } catch (error) {
        const known = error instanceof ArchiveError ? error : new ArchiveError('internal')
        const phase = known.code === 'cancelled' ? 'cancelled' : 'failed'
        update(id, { phase, problem: { code: known.code, details: known.details } })
      }
      changed(archive)
    })
    tell({ ...job })
    return { ...job }
  }

  return {
    list: () => [...jobs.values()].map((job) => ({ ...job })),
    import: ({ source, target, archive, name }) =>
      enqueue('import', archive, name, async (job) => {
        const report = await worker.import({ job, sources: [source], target, name })
        update(job, { report })
        await imported(target)
        await worker.prepare({ job, path: target, cache })
      }),
    prepare: ({ archive, path, name }) => {
      const same = [...jobs.values()].find((job) => job.archive === archive && !finished.includes(job.phase))
      if (same) return { ...same }
      return enqueue('prepare', archive, name, async (job) => {
        await worker.prepare({ job, path, cache })
      })
    },
    cancel: async (id) => {
      const job = jobs.get(id)
      if (!job || finished.includes(job.phase)) return
      if (job.total === 0 && job.file === '') update(id, { phase: 'cancelled' })
      await worker.cancel({ job: id })
    },
    onProgress: ({ job, ...progress }) => update(job, progress),
    onReadable: (id) => {
      const job = jobs.get(id)
      if (job) changed(job.archive)
    },
  }
}
