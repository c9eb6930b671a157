import { computed, ref } from 'vue'
import { defineStore } from 'pinia'
import type { CitationForm } from '../../archive/annotations/annotation-model.ts'
import type { IssueKey } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { useNoticeStore } from '../shell/notice-store.ts'

const SHOWN_MS = 6000

/** Citations: copied in the form that was chosen last, and shown for a moment. */
export const useCitationStore = defineStore('citations', () => {
  const preferences = useSettingsStore()
  const notices = useNoticeStore()
  const form = computed(() => preferences.settings.citationForm)
  /** What was copied last, while it is shown. */
  const copied = ref('')
  let showing: ReturnType<typeof setTimeout> | undefined

  async function copy(work: () => Promise<string>): Promise<void> {
    try {
      copied.value = await work()
      clearTimeout(showing)
      showing = setTimeout(() => (copied.value = ''), SHOWN_MS)
    } catch (error) {
      notices.report(error)
    }
  }

  const copyNotes = (ids: string[]): Promise<void> => copy(() => api.annotations.citeNotes({ ids, form: form.value }))

  const copyPlace = (place: { archive: string; issue: IssueKey; page: string; article?: string }): Promise<void> => {
    const { archive, issue, page, article } = place
    return copy(() => api.annotations.citePlace({ archive, issue, page, article, form: form.value }))
  }

  /** Chooses a form, for this citation and those to come. */
  const choose = (citationForm: CitationForm): Promise<unknown> => preferences.change({ citationForm })

  return { form, copied, copyNotes, copyPlace, choose, dismiss: () => (copied.value = '') }
})
