import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useI18n } from 'vue-i18n'
import { makeDeepLink } from '../../archive/deep-link.ts'
import { single } from '../shared/routes.ts'
import { placeOf } from '../shared/use-reader-place.ts'
import { useViewerStore } from '../viewer/viewer-store.ts'
import { linkToPlace } from './place-link.ts'
import { useTakeawayStore } from './takeaway-store.ts'

/** What can be done with the place one is at: link to it, show it in a window of its own. */
export function usePlaceActions() {
  const { t } = useI18n()
  const route = useRoute()
  const router = useRouter()
  const viewer = useViewerStore()
  const takeaway = useTakeawayStore()

  const archive = computed(() => single(route.params['archive']))

  async function link(id: string): Promise<string> {
    const { identity, name } = await takeaway.identified(id)
    const place = placeOf(route)
    if (place && viewer.issue) return linkToPlace({ identity, name }, viewer.issue, place)
    const { title, date, edition } = route.params
    return makeDeepLink({
      archive: identity,
      name,
      title: single(title),
      date: single(date),
      edition: single(edition) === undefined ? undefined : Number(single(edition)),
      q: single(route.query['q']),
    })
  }

  /** The link to a page, an article or the present place goes into the clipboard. */
  function copyLink(): void {
    if (archive.value) void takeaway.copy(link(archive.value), t('takeaway.linkCopied'))
  }

  /** The present place in a window of its own. */
  const openHere = (): void => void takeaway.openWindow(router.currentRoute.value.fullPath)

  return { archive, copyLink, openHere }
}
