import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { api } from '../../shared/api.ts'
import { useSettingsStore } from '../../settings/settings-store.ts'
import { useKioskStore } from '../kiosk-store.ts'
import { useVisitStore } from '../visit/visit-store.ts'
import { jobOf, sameThing, type TakenThing } from './taken-thing.ts'

/** As many as the bridge prints or saves at once. */
const MOST = 20
const paper = { size: 'A4', landscape: false } as const

/** What the visitor takes along; when it is taken it is gone. */
export const useTakeStore = defineStore('take', () => {
  const kiosk = useKioskStore()
  const visit = useVisitStore()
  const preferences = useSettingsStore()
  const things = shallowRef<TakenThing[]>([])
  /** “I am done” is being asked. */
  const ending = ref(false)
  const busy = ref(false)
  const problem = shallowRef<unknown>()
  const stickIsThere = ref(false)

  const allowed = computed(() => {
    const { print, takeHome } = kiosk.allow ?? { print: false, takeHome: { qr: false, stick: false } }
    return print || takeHome.qr || takeHome.stick
  })
  const form = computed(() => preferences.settings.citationForm)
  const jobs = computed(() => things.value.map((thing) => jobOf(thing, preferences.settings.language)))

  const has = (thing: TakenThing) => things.value.some((each) => sameThing(each, thing))

  function toggle(thing: TakenThing, t: (key: string, values?: Record<string, number>) => string): void {
    if (has(thing)) return remove(thing)
    if (things.value.length >= MOST) return visit.say(t('kiosk.listFull', { count: MOST }))
    things.value = [...things.value, thing]
    visit.say(t('kiosk.added'))
  }

  function remove(thing: TakenThing): void {
    things.value = things.value.filter((each) => !sameThing(each, thing))
  }

  function clear(): void {
    things.value = []
    problem.value = undefined
  }

  /** A reference for each thing, in the order of the list. */
  function citations(): Promise<string[]> {
    return Promise.all(
      things.value.map(({ archive, issue, page, article }) =>
        api.kiosk.cite({ archive, issue, ...(article === undefined ? { page } : { article }), form: form.value }),
      ),
    )
  }

  /** Does one thing with the list; what goes wrong is kept in `problem`, and answers undefined. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    busy.value = true
    problem.value = undefined
    try {
      return await work()
    } catch (error) {
      problem.value = error
      return undefined
    } finally {
      busy.value = false
    }
  }

  const cite = () => attempt(citations)

  /** Prints the list and clears it; answers the pages, or undefined. */
  const print = () =>
    attempt(async () => {
      const { pages, left } = await api.kiosk.print({ jobs: jobs.value, paper })
      if (kiosk.view) kiosk.view = { ...kiosk.view, printPagesLeft: left }
      clear()
      return pages
    })

  /** Writes the list onto the stick and clears it; answers the number of files, or undefined. */
  const save = () =>
    attempt(async () => {
      const { files } = await api.kiosk.saveToStick({ jobs: jobs.value, citations: await citations(), paper })
      clear()
      return files.length
    })

  async function lookForStick(): Promise<void> {
    stickIsThere.value = await api.kiosk.stick().catch(() => false)
  }

  const listed = { things, allowed, form, ending, busy, problem, stickIsThere }
  return { ...listed, has, toggle, remove, clear, cite, print, save, lookForStick }
})
