import { ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ExportForm, ImportPreview, MergeWay, NoteQuery } from '../../archive/annotations/annotation-model.ts'
import { api } from '../shared/api.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

/** Notes on their way out and in. What is brought in is looked at first. */
export const useExchangeStore = defineStore('exchange', () => {
  const notices = useNoticeStore()
  const busy = ref(false)
  /** What was written last. */
  const written = shallowRef<{ name: string; notes: number }>()
  const offered = shallowRef<{ token: string; preview: ImportPreview }>()
  /** Records the last import wrote. */
  const brought = ref<number>()

  async function tried(work: () => Promise<void>): Promise<void> {
    busy.value = true
    try {
      await work()
    } catch (error) {
      notices.report(error)
    } finally {
      busy.value = false
    }
  }

  const exportAs = (query: NoteQuery, form: ExportForm, title: string): Promise<void> =>
    tried(async () => {
      written.value = await api.annotations.export({ query, form, title })
    })

  const choose = (): Promise<void> =>
    tried(async () => {
      brought.value = undefined
      offered.value = await api.annotations.chooseImport()
    })

  const bringIn = (way: MergeWay): Promise<void> =>
    tried(async () => {
      if (!offered.value) return
      brought.value = await api.annotations.import({ token: offered.value.token, way })
      offered.value = undefined
    })

  return { busy, written, offered, brought, exportAs, choose, bringIn, dismiss: () => (offered.value = undefined) }
})
