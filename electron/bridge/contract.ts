import * as v from 'valibot'
import { ocrScriptNames, type JobResult, type JobView, type PatternPreview } from './job-views.ts'
import { boxSchema, issueFields, paper, takeawayJob } from './print-sheet.ts'
import type { TextLine } from '../../archive/model.ts'
import type {
  ArticleView,
  ChosenSource,
  CountedSearch,
  CutPicture,
  DatedPage,
  DayIssue,
  IssueGlance,
  IssueSummary,
  IssueView,
  OriginsView,
  KeptSearches,
  LibraryEntry,
  OpenedArchive,
  OpenRequest,
  PageFacts,
  Problem,
  SearchView,
  Settings,
  SheetPreview,
  TrendsView,
} from './views.ts'

import { citationForms } from '../../archive/annotations/annotation-model.ts'
import { annotationCalls } from './annotation-calls.ts'
import { diagnosticsCalls } from './diagnostics-calls.ts'
import { archive, call, count, isoDate, issue, nothing, word, type Call } from './call.ts'
import { kioskCalls } from './kiosk-calls.ts'
import { firstStepNames } from './first-steps.ts'
import type { KioskView } from './kiosk-views.ts'
import { searchQuery } from './search-query.ts'

/**
 * The border between the interface and the program: every call with the schema of its input and the type of its
 * reply. Client, preload and server derive from it; a new call is one line here and its implementation.
 */

const searchScope = v.picklist(['results', 'more', 'counts', 'calendar', 'calendar-day', 'reader', 'trends'])

const percent = v.pipe(v.number(), v.minValue(50), v.maxValue(200))
const pageFilter = v.strictObject({ brightness: percent, contrast: percent, invert: v.boolean(), whiten: v.boolean() })

const articleLook = v.strictObject({
  face: v.picklist(['serif', 'sans']),
  lines: v.picklist(['tight', 'usual', 'wide']),
  measure: v.picklist(['narrow', 'usual', 'wide']),
  script: v.picklist(['printed', 'hans', 'hant']),
  ruler: v.boolean(),
  flow: v.picklist(['across', 'down']),
})

const aloud = v.strictObject({
  rate: v.pipe(v.number(), v.minValue(50), v.maxValue(300)),
  voices: v.record(word(40), word(400)),
  onwards: v.boolean(),
})

const firstSteps = v.strictObject({
  state: v.picklist(['waiting', 'shown', 'over']),
  done: v.pipe(v.array(v.picklist(firstStepNames)), v.maxLength(firstStepNames.length)),
})

/** Any part of the settings. */
export const settingsSchema = v.strictObject({
  language: v.optional(v.picklist(['zh-Hans', 'zh-Hant', 'en'])),
  theme: v.optional(v.picklist(['system', 'light', 'dark', 'sepia', 'contrast'])),
  interfaceScale: v.optional(v.picklist([100, 125, 150, 200])),
  articleScale: v.optional(v.pipe(v.number(), v.minValue(80), v.maxValue(300))),
  articleWidth: v.optional(v.pipe(v.number(), v.minValue(200), v.maxValue(1600))),
  articleOpen: v.optional(v.boolean()),
  railOpen: v.optional(v.boolean()),
  fit: v.optional(v.picklist(['page', 'width'])),
  pageFilters: v.optional(v.record(word(140), pageFilter)),
  pageOrders: v.optional(v.record(word(140), v.picklist(['ltr', 'rtl']))),
  articleLook: v.optional(articleLook),
  aloud: v.optional(aloud),
  citationForm: v.optional(v.picklist(citationForms)),
  firstSteps: v.optional(firstSteps),
})

const sources = v.pipe(v.array(word(64)), v.minLength(1), v.maxLength(1000))
const optionValues = v.record(word(64), v.pipe(v.string(), v.maxLength(2000)))
/** By the token of the source. */
const options = v.optional(v.record(word(64), optionValues))
const target = v.variant('kind', [
  v.strictObject({ kind: v.literal('archive'), archive }),
  v.strictObject({ kind: v.literal('chosen'), token: word(64) }),
])

export const contract = {
  library: {
    /** The shelf, last opened first. */
    list: call<LibraryEntry[]>()(nothing),
    /** The same as it was last seen, at once: what is on disk is looked at by `list`. */
    shelf: call<LibraryEntry[]>()(nothing),
    /** Asks for a folder in the system's dialog; undefined when the user changed their mind. */
    choose: call<OpenedArchive | undefined>()(nothing),
    /** Opens what was dropped on the window, by the token that `dropped` gave. */
    openChosen: call<OpenedArchive>()(v.strictObject({ token: word(64) })),
    open: call<OpenedArchive>()(v.strictObject({ archive })),
    /** Takes an archive off the shelf; nothing on disk is touched. */
    forget: call<undefined>()(v.strictObject({ archive })),
    /** Whether a sample archive came with the program. */
    hasSample: call<boolean>()(nothing),
    /** Opens it and puts it on the shelf. */
    openSample: call<OpenedArchive>()(nothing),
    /** What the command line or a second start asked to open. */
    requested: call<OpenRequest | undefined>()(nothing),
  },
  issues: {
    /** All issues of a title, ascending by date and edition. */
    ofTitle: call<IssueSummary[]>()(v.strictObject({ archive, title: word(120) })),
    /** All issues of one day, every title. */
    ofDay: call<DayIssue[]>()(v.strictObject({ archive, date: isoDate })),
    /** The page with a label in every issue of a title that has it, ascending by date and edition. */
    pageThroughTime: call<DatedPage[]>()(v.strictObject({ archive, title: word(120), label: word(120) })),
    /** The facts of an issue and its first pages, without its document: what is seen first of a large one. */
    glance: call<IssueGlance>()(v.strictObject({ archive, ...issue })),
    /** Everything a screen about one issue needs, in one call. */
    read: call<IssueView>()(v.strictObject({ archive, ...issue })),
    /** Where the fields of an issue, or of an article of it, were read. */
    origins: call<OriginsView>()(v.strictObject({ archive, ...issue, article: v.optional(word(200)) })),
    /** Makes the tiles of a large page before anything else; answers when they are there. */
    makeTiles: call<undefined>()(v.strictObject({ archive, ...issue, page: word(120) })),
    /** Tiles of a large page, as JPEGs, in the order of their numbers. */
    tiles: call<Uint8Array[]>()(
      v.strictObject({
        archive,
        ...issue,
        page: word(120),
        tiles: v.pipe(v.array(count(100_000)), v.minLength(1), v.maxLength(64)),
      }),
    ),
    /** Keeps the place for “continue reading”. */
    keepPlace: call<undefined>()(v.strictObject({ archive, ...issue, page: word(120) })),
  },
  article: {
    /** With the reader's corrections, unless it is asked for as it was delivered. */
    read: call<ArticleView>()(
      v.strictObject({ archive, ...issue, article: word(200), asDelivered: v.optional(v.boolean()) }),
    ),
    /** The printed lines of its body; none where the source gives only zones. */
    lines: call<TextLine[]>()(v.strictObject({ archive, ...issue, article: word(200) })),
  },
  search: {
    /**
     * A newer query of the same part of a window (`scope`, the results when it is not said) cancels an older one, which
     * then fails with `cancelled`. With the window's number
     * for it (`turn`) the first hits are answered before they are counted: the answer is then still `counting`, and the
     * whole follows as `search.counted` with the same number. Without one the answer is the whole.
     */
    find: call<SearchView>()(
      v.strictObject({
        archive,
        query: searchQuery,
        turn: v.optional(count(Number.MAX_SAFE_INTEGER)),
        scope: v.optional(searchScope),
      }),
    ),
    /** How many articles answer a query on each day, by ISO date. */
    days: call<Record<string, number>>()(
      v.strictObject({ archive, query: searchQuery, scope: v.optional(searchScope) }),
    ),
    /** Articles that answer some queries, by month. A newer question ends the older one. */
    trends: call<TrendsView>()(
      v.strictObject({
        archive,
        queries: v.pipe(v.array(word(500)), v.minLength(1), v.maxLength(6)),
        titles: v.pipe(v.array(word(120)), v.maxLength(500)),
      }),
    ),
    /** How a query that is being typed may go on, in the archive's own words: whole queries. */
    suggest: call<string[]>()(v.strictObject({ archive, text: v.pipe(v.string(), v.maxLength(500)) })),
    /** Stops what this part of the window is searching for. */
    cancel: call<undefined>()(v.strictObject({ scope: searchScope })),
  },
  /** Searches kept in the profile. */
  searches: {
    list: call<KeptSearches>()(v.strictObject({ archive })),
    /** Notes that this was asked. */
    note: call<undefined>()(v.strictObject({ archive, text: word(500) })),
    /** Keeps a search for good, or no longer. */
    keep: call<undefined>()(v.strictObject({ archive, text: word(500), kept: v.boolean() })),
    /** Forgets what was asked; what was kept stays. */
    clear: call<undefined>()(v.strictObject({ archive })),
  },
  /** The notes of the user. */
  annotations: annotationCalls,
  /** The reading-room screen. */
  kiosk: kioskCalls,
  diagnostics: diagnosticsCalls,
  takeaway: {
    /** Puts a text into the clipboard. */
    copy: call<undefined>()(v.strictObject({ text: word(5_000_000) })),
    facts: call<PageFacts>()(v.strictObject({ ...issueFields, page: word(120) })),
    /** A part of a page in the pixels of its original. */
    cut: call<CutPicture>()(v.strictObject({ ...issueFields, page: word(120), box: boxSchema })),
    /** The pages of a print as they will be. */
    preview: call<SheetPreview>()(v.strictObject({ job: takeawayJob, paper })),
    /** Opens the system's dialog; false when the user changed their mind. */
    print: call<boolean>()(v.strictObject({ job: takeawayJob, paper })),
    /** The saves ask where, and answer the name of the file; undefined when the user changed their mind. */
    savePdf: call<string | undefined>()(v.strictObject({ job: takeawayJob, paper, name: word(300) })),
    savePicture: call<string | undefined>()(
      v.strictObject({
        archive,
        parts: v.pipe(
          v.array(v.strictObject({ ...issue, page: word(120), box: v.optional(boxSchema) })),
          v.minLength(1),
          v.maxLength(24),
        ),
        lines: v.pipe(v.array(word(2000)), v.maxLength(12)),
        width: count(1_000_000),
        language: v.picklist(['zh-Hans', 'zh-Hant', 'en']),
        name: word(300),
      }),
    ),
    /** A table or a drawing that the interface made. */
    saveText: call<string | undefined>()(
      v.strictObject({ name: word(300), extension: v.picklist(['csv', 'svg']), text: word(20_000_000) }),
    ),
    saveOriginal: call<string | undefined>()(v.strictObject({ ...issueFields, page: word(120), name: word(300) })),
  },
  window: {
    /** Fills the screen with this window, or gives it back; answers whether it fills it now. */
    toggleFullScreen: call<boolean>()(nothing),
    /** Shows a place of the interface (the path behind its `#`) in a window of its own. */
    open: call<undefined>()(v.strictObject({ path: v.pipe(v.string(), v.regex(/^\/\S{0,2000}$/)) })),
  },
  settings: {
    read: call<Settings>()(nothing),
    /** Those that an administrator decided: a change of them is not taken. */
    locked: call<(keyof Settings)[]>()(nothing),
    /** Changes what is given, keeps the rest, answers the whole. */
    change: call<Settings>()(settingsSchema),
    /** Everything as on the first day, but the language. */
    reset: call<Settings>()(nothing),
    /** Asks where to, and writes them as a file; its name, or undefined when the user changed their mind. */
    save: call<string | undefined>()(nothing),
    /** Asks for such a file and takes what it says; undefined when the user changed their mind. */
    load: call<Settings | undefined>()(nothing),
  },
  jobs: {
    list: call<JobView[]>()(nothing),
    cancel: call<undefined>()(v.strictObject({ job: word(64) })),
    /** Holds work up, or lets it go on. */
    pause: call<undefined>()(v.strictObject({ job: word(64), paused: v.boolean() })),
    /** What came of work that is done; undefined when it is not known any more. */
    result: call<JobResult | undefined>()(v.strictObject({ job: word(64) })),
    /** Asks where to, and saves the report of work that is done as HTML or CSV; false when the user changed their mind. */
    saveReport: call<boolean>()(v.strictObject({ job: word(64) })),
    /** Asks for sources (folders, zips, files) to import; empty when the user changed their mind. */
    chooseSources: call<ChosenSource[]>()(v.strictObject({ kind: v.picklist(['folder', 'file']) })),
    /** Asks where the archive is or shall be made. */
    chooseTarget: call<ChosenSource | undefined>()(nothing),
    /** Reads sources and writes nothing: the dry run. */
    examine: call<JobView>()(v.strictObject({ sources, target: v.optional(target), options })),
    /** What options make of a source, at once. */
    preview: call<PatternPreview | undefined>()(v.strictObject({ source: word(64), options: optionValues })),
    /** Starts an import into an archive on the shelf, or one chosen by token. */
    import: call<JobView>()(
      v.strictObject({
        sources,
        target,
        options,
        whenThere: v.picklist(['skip', 'replace', 'keep-both']),
        inPlace: v.boolean(),
      }),
    ),
    /** Makes catalogue, index and pictures of an archive that lacks them. */
    prepare: call<JobView>()(v.strictObject({ archive })),
    /** Recognises the text of pages that were delivered without; in the scripts chosen for titles, by their ids. */
    recognise: call<JobView>()(
      v.strictObject({ archive, scripts: v.optional(v.record(word(120), v.picklist(ocrScriptNames))) }),
    ),
  },
} as const

/** What main tells its windows without being asked. */
export interface BridgeEvents {
  'job.progress': JobView
  /** An archive's content changed: read again what is shown of it. */
  'archive.changed': { archive: string }
  /** Asked from outside (command line, second start, file manager). */
  'archive.open': OpenRequest
  /** What was asked from outside cannot be opened. */
  'archive.refused': Problem
  'settings.changed': Settings
  'search.counted': CountedSearch
  /** Notes were made, changed or taken away. */
  'annotations.changed': { ids: string[] }
  /** Seconds until the visit ends, once a second; undefined: somebody is there again. */
  'kiosk.idle': { left: number | undefined }
  /** Archives are gone or back, or the staff shows others. */
  'kiosk.changed': KioskView
  /** Pictures cut for a clippings book. */
  'book.progress': { done: number; total: number }
}

export const eventNames = [
  'job.progress',
  'archive.changed',
  'archive.open',
  'archive.refused',
  'settings.changed',
  'search.counted',
  'annotations.changed',
  'kiosk.idle',
  'kiosk.changed',
  'book.progress',
] as const satisfies readonly (keyof BridgeEvents)[]

export type Contract = typeof contract
type InputOf<C> = C extends Call<infer Input, unknown> ? Input : never
type ReplyOf<C> = C extends { readonly reply?: () => infer Reply } ? Reply : never

/** The contract as functions: what the client offers and what the server implements. */
export type Bridge = {
  [Group in keyof Contract]: {
    [Method in keyof Contract[Group]]: undefined extends InputOf<Contract[Group][Method]>
      ? () => Promise<ReplyOf<Contract[Group][Method]>>
      : (input: InputOf<Contract[Group][Method]>) => Promise<ReplyOf<Contract[Group][Method]>>
  }
}
