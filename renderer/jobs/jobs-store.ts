import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ChosenSource, JobView } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

const ended = new Set<JobView['phase']>(['done', 'failed', 'cancelled'])

/** Where an import goes: an archive of the shelf, or a new place. */
export type ImportTarget = { kind: 'archive'; archive: string } | { kind: 'chosen'; token: string; name: string }

/** Long work, and what is about to be imported. */
export const useJobsStore = defineStore('jobs', () => {
  const jobs = shallowRef<JobView[]>([])
  const source = ref<ChosenSource>()
  const target = ref<ImportTarget>()
  /** Ended jobs whose line at the bottom was put away. */
  const dismissed = ref(new Set<string>())
  const error = shallowRef<unknown>()

  const notices = useNoticeStore()
  const running = computed(() => jobs.value.filter((job) => !ended.has(job.phase)))
  const lines = computed(() =>
    jobs.value.filter((job) => job.phase !== 'cancelled' && !dismissed.value.has(job.id)).slice(-3),
  )

  function note(job: JobView): void {
    const known = jobs.value.some((each) => each.id === job.id)
    jobs.value = known ? jobs.value.map((each) => (each.id === job.id ? job : each)) : [...jobs.value, job]
  }

  async function listenForProgress(): Promise<void> {
    listen('job.progress', note)
    try {
      const known = await api.jobs.list()
      // What ended before this window was there is history, not news.
      for (const job of known) if (ended.has(job.phase)) dismiss(job.id)
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

  function takeSource(chosen: ChosenSource): void {
    source.value = chosen
    error.value = undefined
  }

  async function attempt<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    error.value = undefined
    try {
      return await work()
    } catch (problem) {
      error.value = problem
      return undefined
    }
  }

  async function chooseSource(kind: 'folder' | 'file'): Promise<void> {
    const chosen = await attempt(() => api.jobs.chooseSource({ kind }))
    if (chosen) takeSource(chosen)
  }

  async function chooseTarget(): Promise<void> {
    const chosen = await attempt(() => api.jobs.chooseTarget())
    if (chosen) target.value = { kind: 'chosen', ...chosen }
  }

  /** Starts the import of the chosen source into the chosen target. */
  async function startImport(): Promise<void> {
    if (!source.value || !target.value) return
    const from = source.value.token
    const { value } = target
    const to = value.kind === 'archive' ? value : { kind: value.kind, token: value.token }
    const job = await attempt(() => api.jobs.import({ source: from, target: to }))
    if (!job) return
    note(job)
    source.value = undefined
  }

  /** Makes catalogue, index and pictures of an archive that lacks them. */
  async function prepare(archive: string): Promise<void> {
    try {
      note(await api.jobs.prepare({ archive }))
    } catch (problem) {
      notices.report(problem)
    }
  }

  return {
    jobs,
    running,
    lines,
    source,
    target,
    error,
    listenForProgress,
    dismiss,
    cancel,
    takeSource,
    chooseSource,
    chooseTarget,
    startImport,
    prepare,
  }
})
