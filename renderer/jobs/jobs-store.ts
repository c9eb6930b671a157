import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { JobResult, JobView, OcrScripts } from '../../electron/bridge/job-views.ts'
import { api, listen } from '../shared/api.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

/** Whether work is over, however it ended. */
export function jobHasEnded(job: Pick<JobView, 'phase'>): boolean {
  return job.phase === 'done' || job.phase === 'failed' || job.phase === 'cancelled'
}

/** Long work: how far it is, and what came of it. */
export const useJobsStore = defineStore('jobs', () => {
  const jobs = shallowRef<JobView[]>([])
  const results = shallowRef<ReadonlyMap<string, JobResult>>(new Map())
  /** Ended jobs whose line at the bottom was put away. */
  const dismissed = ref(new Set<string>())

  const notices = useNoticeStore()
  const running = computed(() => jobs.value.filter((job) => !jobHasEnded(job)))
  /** A dry run shows itself on the desk. */
  const work = computed(() => jobs.value.filter((job) => job.kind !== 'examine'))
  const lines = computed(() =>
    work.value.filter((job) => job.phase !== 'cancelled' && !dismissed.value.has(job.id)).slice(-3),
  )

  function note(job: JobView): void {
    const known = jobs.value.find((each) => each.id === job.id)
    // The answer to a start may come after the first news of it.
    if (known && job.phase === 'waiting') return
    jobs.value = known ? jobs.value.map((each) => (each.id === job.id ? job : each)) : [...jobs.value, job]
    if (job.summary && job.kind !== 'examine' && !results.value.has(job.id)) void fetchResult(job.id)
  }

  async function fetchResult(job: string): Promise<void> {
    try {
      const result = await api.jobs.result({ job })
      if (result) results.value = new Map(results.value).set(job, result)
    } catch (problem) {
      notices.report(problem)
    }
  }

  async function listenForProgress(): Promise<void> {
    listen('job.progress', note)
    try {
      const known = await api.jobs.list()
      // What ended before this window was there is history, not news.
      for (const job of known) if (jobHasEnded(job)) dismiss(job.id)
      for (const job of known) note(job)
    } catch (problem) {
      notices.report(problem)
    }
  }

  function dismiss(job: string): void {
    dismissed.value = new Set(dismissed.value).add(job)
  }

  async function cancel(job: string): Promise<void> {
    await api.jobs.cancel({ job }).catch((problem: unknown) => notices.report(problem))
  }

  async function pause(job: string, paused: boolean): Promise<void> {
    await api.jobs.pause({ job, paused }).catch((problem: unknown) => notices.report(problem))
  }

  async function saveReport(job: string): Promise<void> {
    await api.jobs.saveReport({ job }).catch((problem: unknown) => notices.report(problem))
  }

  /** Makes catalogue, index and pictures of an archive that lacks them. */
  async function prepare(archive: string): Promise<void> {
    try {
      note(await api.jobs.prepare({ archive }))
    } catch (problem) {
      notices.report(problem)
    }
  }

  /** Recognises the text of an archive's pages that were delivered without; `scripts`: those chosen for titles. */
  async function recognise(archive: string, scripts: OcrScripts = {}): Promise<void> {
    try {
      note(await api.jobs.recognise({ archive, scripts }))
    } catch (problem) {
      notices.report(problem)
    }
  }

  return {
    jobs,
    work,
    running,
    results,
    lines,
    note,
    listenForProgress,
    dismiss,
    cancel,
    pause,
    saveReport,
    prepare,
    recognise,
  }
})
