import { computed, ref, watch } from 'vue'
import { defineStore } from 'pinia'
import { useRoute } from 'vue-router'
import { useAnnotationStore } from '../annotations/annotation-store.ts'
import { useArticleStore } from '../article/article-store.ts'
import { useLibraryStore } from '../library/library-store.ts'
import { useSearchStore } from '../search/search-store.ts'
import { useSettingsStore } from '../settings/settings-store.ts'
import { placeOf } from '../shared/use-reader-place.ts'
import { useViewerStore } from '../viewer/viewer-store.ts'
import { deedsBetween, nextStep, withDeeds, type Sight } from './deeds.ts'

/** The first steps on the sample archive: proposed one by one, ticked by what the reader does and nothing else. */
export const useFirstStepsStore = defineStore('first-steps', () => {
  const route = useRoute()
  const preferences = useSettingsStore()
  const library = useLibraryStore()
  const viewer = useViewerStore()
  const articles = useArticleStore()
  const search = useSearchStore()
  const annotations = useAnnotationStore()

  const steps = computed(() => preferences.settings.firstSteps)
  /** All five were taken in this window just now: said once. */
  const farewell = ref(false)
  const onSample = computed(() => {
    const { archive } = route.params
    return library.entries.some((entry) => entry.sample && entry.id === archive)
  })
  const shown = computed(() => onSample.value && (farewell.value || steps.value.state === 'shown'))
  const next = computed(() => nextStep(steps.value))

  const sight = computed<Sight>(() => {
    const place = onSample.value ? placeOf(route) : undefined
    const issue = place ? [place.archive, place.issue.title, place.issue.date, place.issue.edition].join('/') : ''
    const answered = onSample.value && search.result && search.result.total > 0 ? search.answered : ''
    return {
      issue,
      page: place?.page ?? '',
      enlarged: place?.view !== undefined,
      article: place ? (articles.article?.id ?? '') : '',
      found: answered || (place && viewer.places.length > 0 ? viewer.query : ''),
      notes: annotations.notes.length,
      saved: annotations.saving === 'saved',
    }
  })
  watch(sight, (now, before) => {
    const changed = withDeeds(steps.value, deedsBetween(before, now))
    if (!changed) return
    farewell.value = changed.state === 'over'
    void preferences.change({ firstSteps: changed })
  })
  watch(onSample, (now) => !now && (farewell.value = false))

  /** For ever, done or not. */
  function dismiss(): void {
    farewell.value = false
    if (steps.value.state !== 'over')
      void preferences.change({ firstSteps: { state: 'over', done: [...steps.value.done] } })
  }

  return { steps, shown, farewell, next, dismiss }
})
