import { computed, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import type { ExaminedSourceView, JobView, PatternPreview, WhenThere } from '../../electron/bridge/job-views.ts'
import type { ChosenSource } from '../../electron/bridge/views.ts'
import { api, droppedToken } from '../shared/api.ts'
import { jobHasEnded, useJobsStore } from './jobs-store.ts'

/** Where an import goes: an archive of the shelf, or a new place. */
export type ImportTarget = { kind: 'archive'; archive: string } | { kind: 'chosen'; token: string; name: string }

/** What is about to be imported: sources, what a dry run found in them, and how they shall come in. */
export const useDeskStore = defineStore('desk', () => {
  const jobs = useJobsStore()
  const sources = ref<ChosenSource[]>([])
  const target = ref<ImportTarget>()
  const whenThere = ref<WhenThere>('skip')
  const inPlace = ref(false)
  /** What was set for a source, by token. */
  const options = ref<Record<string, Record<string, string>>>({})
  const error = shallowRef<unknown>()
  const found = shallowRef<ExaminedSourceView[]>([])
  /** The dry run that belongs to the present sources. */
  const dryRun = ref<string>()

  const reading = computed(() => jobs.jobs.find((job) => job.id === dryRun.value && !jobHasEnded(job)))
  const failed = computed(() => jobs.jobs.find((job) => job.id === dryRun.value && job.phase === 'failed')?.problem)
  const importable = computed(() => found.value.filter(({ issues, problem }) => issues > 0 && !problem))
  const ready = computed(() => importable.value.length > 0 && target.value !== undefined && !reading.value)

  async function attempt<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    error.value = undefined
    try {
      return await work()
    } catch (problem) {
      error.value = problem
      return undefined
    }
  }

  const bridgeTarget = () => {
    const { value } = target
    return value?.kind === 'chosen' ? { kind: value.kind, token: value.token } : value
  }

  /** Reads the sources anew; what was read of an older choice is dropped. */
  async function examine(): Promise<void> {
    const before = dryRun.value
    dryRun.value = undefined
    if (before !== undefined) await jobs.cancel(before)
    if (sources.value.length === 0) {
      found.value = []
      return
    }
    const given = { sources: sources.value.map(({ token }) => token), options: options.value }
    const job = await attempt(() => api.jobs.examine({ ...given, target: bridgeTarget() }))
    if (!job) return
    dryRun.value = job.id
    jobs.note(job)
  }

  watch(
    () => jobs.jobs.find((job: JobView) => job.id === dryRun.value)?.phase,
    async (phase) => {
      const job = dryRun.value
      if (phase !== 'done' || job === undefined) return
      const result = await attempt(() => api.jobs.result({ job }))
      if (result?.kind === 'examine' && job === dryRun.value) found.value = result.sources
    },
  )

  function add(chosen: readonly ChosenSource[]): void {
    if (chosen.length === 0) return
    sources.value = [...sources.value, ...chosen]
    void examine()
  }

  function remove(token: string): void {
    sources.value = sources.value.filter((source) => source.token !== token)
    found.value = found.value.filter((source) => source.token !== token)
    void examine()
  }

  function clear(): void {
    sources.value = []
    void examine()
  }

  async function chooseSources(kind: 'folder' | 'file'): Promise<void> {
    add((await attempt(() => api.jobs.chooseSources({ kind }))) ?? [])
  }

  async function addDropped(files: readonly File[]): Promise<void> {
    const chosen = await Promise.all(files.map((file) => droppedToken(file)))
    add(chosen.filter((one) => one !== undefined))
  }

  function aim(at: ImportTarget | undefined): void {
    target.value = at
    if (sources.value.length > 0) void examine()
  }

  async function chooseTarget(): Promise<void> {
    const chosen = await attempt(() => api.jobs.chooseTarget())
    if (chosen) aim({ kind: 'chosen', ...chosen })
  }

  function setOption(token: string, id: string, value: string): void {
    options.value = { ...options.value, [token]: { ...options.value[token], [id]: value } }
  }

  /** What the options of a source would make of it. */
  async function preview(token: string): Promise<PatternPreview | undefined> {
    return attempt(() => api.jobs.preview({ source: token, options: options.value[token] ?? {} }))
  }

  /** Imports what was recognised; sources with nothing in them are left behind. */
  async function startImport(): Promise<void> {
    const to = bridgeTarget()
    if (!to) return
    const given = { sources: importable.value.map(({ token }) => token), options: options.value }
    const how = { whenThere: whenThere.value, inPlace: inPlace.value }
    const job = await attempt(() => api.jobs.import({ ...given, ...how, target: to }))
    if (!job) return
    jobs.note(job)
    sources.value = []
    found.value = []
    dryRun.value = undefined
  }

  return {
    sources,
    target,
    whenThere,
    inPlace,
    options,
    error,
    found,
    reading,
    failed,
    importable,
    ready,
    dryRun,
    examine,
    add,
    remove,
    clear,
    chooseSources,
    addDropped,
    aim,
    chooseTarget,
    setOption,
    preview,
    startImport,
  }
})
