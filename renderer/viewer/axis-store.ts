import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { DatedPage } from '../../electron/bridge/views.ts'
import { api, listen } from '../shared/api.ts'

const AHEAD = [1, -1, 2]

/** 版位时光轴: one page of a title through all its issues. */
export const useAxisStore = defineStore('axis', () => {
  const days = shallowRef<DatedPage[]>([])
  const problem = shallowRef<unknown>()
  /** Issue and edition that are read. */
  const here = ref('')
  let shown = ''
  let asked = 0

  const dates = computed(() => days.value.map((day) => day.date))
  const index = computed(() => days.value.findIndex((day) => keyOf(day) === here.value))
  /** What leafing on would show. */
  const ahead = computed(() => (index.value < 0 ? [] : AHEAD.flatMap((step) => days.value[index.value + step] ?? [])))

  /** Reads in which issues the page is there; nothing is read twice. */
  async function load(archive: string, title: string, label: string): Promise<void> {
    const wanted = JSON.stringify([archive, title, label])
    if (shown === wanted) return
    const turn = ++asked
    try {
      const read = await api.issues.pageThroughTime({ archive, title, label })
      if (turn !== asked) return
      days.value = read
      shown = wanted
      problem.value = undefined
    } catch (error) {
      if (turn !== asked) return
      days.value = []
      problem.value = error
    }
  }

  function stand(date: string, edition: number): void {
    here.value = keyOf({ date, edition })
  }

  function leave(): void {
    asked++
    shown = ''
    days.value = []
  }

  listen('archive.changed', () => (shown = ''))

  return { days, dates, index, ahead, problem, load, stand, leave }
})

const keyOf = ({ date, edition }: Pick<DatedPage, 'date' | 'edition'>) => `${date}/${edition}`
