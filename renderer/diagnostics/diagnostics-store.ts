import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { DiagnosticsView, SelfTestLine, UpdateView } from '../../electron/bridge/diagnostics-views.ts'
import { api } from '../shared/api.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

/** Faces that are shipped for machines without Chinese fonts. */
const shippedFaces = ['Noto Sans SC Variable', 'Noto Serif SC Variable']

/** Whether the shipped fonts can be read and have the characters that every screen needs. */
async function fontLine(): Promise<SelfTestLine> {
  const missing: string[] = []
  for (const face of shippedFaces) {
    const loaded = await document.fonts.load(`16px "${face}"`, '版面报紙').catch(() => [])
    if (loaded.length === 0) missing.push(face)
  }
  const details = { fonts: missing.join(', ') }
  return { check: 'fonts', state: missing.length === 0 ? 'good' : 'doubt', details }
}

/** What the program knows about itself. */
export const useDiagnosticsStore = defineStore('diagnostics', () => {
  const notices = useNoticeStore()
  const view = shallowRef<DiagnosticsView>()
  const lines = shallowRef<SelfTestLine[]>([])
  const testing = ref(false)
  /** Set for as long as the screen says so. */
  const copied = ref(false)
  const update = shallowRef<UpdateView>()
  const updateProblem = shallowRef<unknown>()
  const checkingUpdate = ref(false)

  const worst = computed(() =>
    (['bad', 'doubt'] as const).find((state) => lines.value.some((line) => line.state === state)),
  )

  async function run(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (problem) {
      notices.report(problem)
    }
  }

  const read = () => run(async () => void (view.value = await api.diagnostics.read()))

  async function test(): Promise<void> {
    if (testing.value) return
    testing.value = true
    await run(async () => {
      const [found, fonts] = await Promise.all([api.diagnostics.test(), fontLine()])
      lines.value = [...found, fonts]
    })
    testing.value = false
  }

  const copy = () =>
    run(async () => {
      await api.diagnostics.copy()
      copied.value = true
    })
  const show = (place: 'data' | 'logs' | 'crashes') => run(async () => void (await api.diagnostics.show({ place })))
  const removeCrashes = () =>
    run(async () => {
      await api.diagnostics.removeCrashes()
      await read()
    })

  async function chooseUpdate(): Promise<void> {
    checkingUpdate.value = true
    updateProblem.value = undefined
    update.value = undefined
    try {
      update.value = await api.diagnostics.chooseUpdate()
    } catch (problem) {
      updateProblem.value = problem
    }
    checkingUpdate.value = false
  }

  const openUpdate = () =>
    run(async () => {
      if (update.value) await api.diagnostics.openUpdate({ token: update.value.token })
    })

  return {
    ...{ view, lines, testing, copied, worst, update, updateProblem, checkingUpdate },
    ...{ read, test, copy, show, removeCrashes, chooseUpdate, openUpdate },
  }
})
