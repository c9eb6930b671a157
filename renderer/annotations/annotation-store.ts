import { computed, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import type { NoteEdit, NoteShape, PlacedNote, TextQuote } from '../../archive/annotations/annotation-model.ts'
import type { NotesState } from '../../electron/bridge/annotation-views.ts'
import { api, listen } from '../shared/api.ts'
import { useNoticeStore } from '../shell/notice-store.ts'
import { useViewerStore } from '../viewer/viewer-store.ts'
import { useUnsavedEdits } from './unsaved-edits.ts'

export type DrawingTool = 'rectangle' | 'polygon' | 'freehand'

/** What is said of the last saving: `failed` keeps the error until something is saved. */
export type Saving = 'none' | 'saving' | 'saved' | 'failed'

/** The notes of the issue in the reader, which of them is chosen, and how a new one is drawn. */
export const useAnnotationStore = defineStore('annotations', () => {
  const viewer = useViewerStore()
  const notices = useNoticeStore()
  const unsaved = useUnsavedEdits()

  const notes = shallowRef<PlacedNote[]>([])
  const chosenId = ref('')
  /** The note pointed at in a list or on the page. */
  const litId = ref('')
  const tool = ref<DrawingTool>()
  const panelOpen = ref(false)
  const saving = ref<Saving>('none')
  const problem = shallowRef<unknown>()
  /** The note that `saving` speaks of; empty: of none in particular. */
  const savingOf = ref('')
  const state = shallowRef<NotesState>({})
  /** The note whose comment shall take the focus. */
  const writing = ref('')

  const chosen = computed(() => notes.value.find((note) => note.id === chosenId.value))
  const issueName = computed(() => {
    const { archive, issue } = viewer
    if (!issue) return undefined
    const { title, date, edition } = issue
    return { archive, title, date, edition }
  })
  const onPage = computed(() => notes.value.filter((note) => note.pages.includes(viewer.page?.id ?? '')))
  /** What stands on the whole issue, and what was lost. */
  const elsewhere = computed(() => notes.value.filter((note) => note.pages.length === 0))
  const bookmark = computed(() => onPage.value.find((note) => note.kind === 'bookmarking' && note.level === 'page'))

  const correctionsIn = (list: readonly PlacedNote[]): string =>
    JSON.stringify(list.filter(({ kind }) => kind === 'editing').map(({ id, correction }) => [id, correction]))

  /** What was read last, as far as the issue itself depends on it. */
  let read = { issue: '', corrections: '' }
  let asked = 0
  async function load(): Promise<void> {
    const turn = ++asked
    const name = issueName.value
    try {
      const [found, now] = await Promise.all([name ? api.annotations.ofIssue(name) : [], api.annotations.state()])
      if (turn !== asked) return
      if (now.trouble && now.trouble.code !== state.value.trouble?.code) notices.report(now.trouble)
      const [before, corrected] = [read, { issue: JSON.stringify(name), corrections: correctionsIn(found) }]
      read = corrected
      notes.value = unsaved.shown(found)
      state.value = now
      // Headlines are part of the issue, which was read before.
      const isCorrected = before.issue === corrected.issue && before.corrections !== corrected.corrections
      if (isCorrected) await viewer.readAgain()
    } catch (error) {
      if (turn === asked) notices.report(error)
    }
  }
  watch(issueName, (name, before) => {
    if (name?.archive !== before?.archive || name?.title !== before?.title || name?.date !== before?.date) {
      chosenId.value = ''
    }
    void load()
  })
  listen('annotations.changed', () => void load())

  /** Runs what saves; answers undefined when it failed, which is then said and shown. */
  let underWay = 0
  async function saved<Answer>(work: () => Promise<Answer>, of = ''): Promise<Answer | undefined> {
    saving.value = 'saving'
    savingOf.value = of
    underWay += 1
    try {
      const answer = await work()
      // Said only when nothing is still on its way to the disk.
      if (underWay === 1) saving.value = 'saved'
      problem.value = undefined
      return answer
    } catch (error) {
      saving.value = 'failed'
      problem.value = error
      return undefined
    } finally {
      underWay -= 1
    }
  }

  interface Wish {
    level: PlacedNote['level']
    page?: string
    article?: string
    shape?: NoteShape
    quote?: TextQuote
    edit?: NoteEdit
  }

  /** Makes a note in the open issue and chooses it. What failed is said in the panel, or where it was written. */
  async function add(
    { edit = {}, ...wish }: Wish,
    said: 'panel' | 'in place' = 'panel',
  ): Promise<PlacedNote | undefined> {
    const name = issueName.value
    if (!name) return undefined
    const { archive, ...issue } = name
    const made = await saved(() => api.annotations.add({ archive, issue, ...wish, edit }))
    if (!made) {
      if (said === 'panel') panelOpen.value = true
      return undefined
    }
    notes.value = [...notes.value.filter(({ id }) => id !== made.id), made]
    chosenId.value = made.id
    return made
  }

  /** Saves a change of a note; what is on the screen shows it at once. */
  async function edit(id: string, change: NoteEdit): Promise<boolean> {
    notes.value = notes.value.map((note) => (note.id === id ? { ...note, ...change } : note))
    const done = await saved(async () => {
      await unsaved.save(id, change)
      return true
    }, id)
    return done === true
  }

  async function remove(id: string): Promise<void> {
    const done = await saved(async () => {
      await api.annotations.remove({ ids: [id] })
      return true
    }, id)
    if (!done) return
    unsaved.drop(id)
    notes.value = notes.value.filter((note) => note.id !== id)
    if (chosenId.value === id) chosenId.value = ''
  }

  async function step(which: 'undo' | 'redo'): Promise<void> {
    const done = await saved(() => api.annotations[which]())
    await load()
    const [first] = done?.notes ?? []
    if (first !== undefined && notes.value.some((note) => note.id === first)) chosenId.value = first
    else if (!chosen.value) chosenId.value = ''
  }

  async function toggleBookmark(): Promise<void> {
    if (bookmark.value) return remove(bookmark.value.id)
    const page = viewer.page?.id
    if (page !== undefined) await add({ level: 'page', page, edit: { kind: 'bookmarking', colour: 'red' } })
  }

  /** Chooses a note and shows it in the panel. */
  function choose(id: string, byKey = false): void {
    chosenId.value = id
    if (id !== '') panelOpen.value = true
    if (byKey) writing.value = id
  }

  return {
    notes,
    chosen,
    chosenId,
    litId,
    tool,
    panelOpen,
    saving,
    savingOf,
    problem,
    state,
    writing,
    onPage,
    elsewhere,
    bookmark,
    add,
    edit,
    remove,
    undo: () => step('undo'),
    redo: () => step('redo'),
    toggleBookmark,
    choose,
    load,
  }
})
