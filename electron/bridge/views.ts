import type { FirstSteps } from './first-steps.ts'
import type { Trends } from '../../archive/model.ts'
import type { CitationForm } from '../../archive/annotations/annotation-model.ts'
import type { Reply } from './reply.ts'
import type { ArticleKind, Block, SearchHit, SearchResult, TitleSummary, Totals, Zone } from '../../archive/model.ts'

/**
 * What the interface is given: plain data, ready to show. Pictures come as URLs of the app's own `archive:` protocol,
 * made of numbers only, never of paths.
 */

/** Names an issue within an archive. */
export interface IssueKey {
  title: string
  /** ISO date. */
  date: string
  edition: number
}

/** A place one can come back to. */
export interface ReadingPlace extends IssueKey {
  /** Page id within the issue. */
  page: string
  titleName: string
  pageLabel: string
}

/** `unprepared`: catalogue or index has to be made first. `offline`: the folder is not there now. */
export type ArchiveState = 'ready' | 'unprepared' | 'offline' | 'damaged'

/** An archive on the shelf. */
export interface LibraryEntry {
  id: string
  name: string
  /** Folder, for people only. */
  path: string
  state: ArchiveState
  /** Why, when the state is not `ready`: a sentence's code and details. */
  problem?: Problem
  titles: TitleSummary[]
  totals: Totals
  lastRead?: ReadingPlace
  /** Front pages, newest first, at most three. */
  covers: string[]
  sample: boolean
}

/** Something wrong, for `explain` in archive/errors.ts. */
export interface Problem {
  code: string
  details: Record<string, string | number>
}

export interface OpenedArchive {
  id: string
  /** The archive's own id, the same for every copy; absent while it could not be read yet. */
  identity?: string
  name: string
  path: string
  state: ArchiveState
  titles: TitleSummary[]
  totals: Totals
  lastRead?: ReadingPlace
}

/** Where a link leads within an archive: as much as it said, page and article by their ids. */
export interface LinkPlace {
  title?: string
  issue?: IssueKey
  page?: string
  article?: string
  q?: string
  /** Which hit of the issue, from 0. */
  hit?: number
  /** The part of the page that is shown, `x,y,w,h` in fractions. */
  view?: string
}

/** A picture made for the moment. */
export interface CutPicture {
  url: string
  /** Pixels. */
  width: number
  height: number
}

/** What can be said of a page's files, to trace back what was taken from it. */
export interface PageFacts {
  /** The archive's own id, and its name. */
  identity: string
  archiveName: string
  /** First 12 hex digits of the sha-256 of the file that is shown. */
  hash: string
  /** Name of the file as delivered: the page's PDF where there is one. */
  original: string
}

/** What is to be printed, page by page. */
export interface SheetPreview {
  pages: CutPicture[]
}

/** What was asked for from outside: an archive, and the place a link named in it. */
export interface OpenRequest {
  archive: OpenedArchive
  place?: LinkPlace
}

/** An issue as the calendar shows it. */
export interface IssueSummary extends IssueKey {
  titleName: string
  number?: string
  supplement?: string
  pages: number
  articles: number
  /** URL of the front page's thumbnail. */
  cover?: string
  coverWidth?: number
  coverHeight?: number
}

/** An issue on the shelf of one day, with its first headlines. */
export interface DayIssue extends IssueSummary {
  headlines: { article: string; page: string; pageLabel: string; headline: string }[]
}

export interface PageView {
  id: string
  label: string
  name: string
  /** Pixels of the picture shown, or the proportions of the page when there is none; 0 when unknown. */
  width: number
  height: number
  /** URL of the page's picture. */
  image?: string
  /** URL of the thumbnail, 320 pixels wide. */
  thumbnail?: string
  zones: Zone[]
  /** Tiles of a large page, whose `image` then is a reduced one. */
  tiles?: TileSet
  /** Why there is no picture, or not the best one. */
  problem?: Problem
}

/** The page of one day, among those of other days with the same label. */
export interface DatedPage extends Pick<PageView, 'image' | 'thumbnail' | 'width' | 'height'> {
  date: string
  edition: number
  /** Page id within its issue. */
  page: string
}

/** The tiles of a page. */
export interface TileSet {
  /** Another one for every other set, and for the same page when its picture changed. */
  key: string
  /** Pixels of a tile, and those it shares with each neighbour. */
  size: number
  overlap: number
  /** Smallest first; `first` is the number of a level's first tile, the others follow row by row. */
  levels: { columns: number; rows: number; first: number }[]
  /** False while they have still to be made. */
  made: boolean
}

export interface ArticleHead {
  id: string
  kind: ArticleKind
  kicker?: string
  headline: string
  subtitle?: string
  /** Page ids in reading order. */
  pages: string[]
  /** Characters of the body. */
  length: number
}

/** A page as its thumbnail shows it. */
export type PageGlance = Pick<PageView, 'id' | 'label' | 'name' | 'width' | 'height' | 'thumbnail'>

/** What the catalogue knows of an issue: its facts and its first pages. */
export interface IssueGlance extends Pick<
  IssueView,
  'title' | 'date' | 'edition' | 'titleName' | 'language' | 'number' | 'supplement' | 'previous' | 'next'
> {
  pages: PageGlance[]
  /** Of the whole issue. */
  pageCount: number
  articleCount: number
}

export interface IssueView extends IssueKey {
  titleName: string
  language: string
  number?: string
  supplement?: string
  pages: PageView[]
  articles: ArticleHead[]
  /** Pages follow each other from right to left. */
  rightToLeft: boolean
  /** In edition order. */
  previous?: IssueKey
  next?: IssueKey
  /** How many things the importer could not understand. */
  warnings: number
}

/** A field with its value, and the place in its file where it was read. */
export interface FieldOrigin {
  field: 'title' | 'date' | 'edition' | 'number' | 'supplement' | 'pages' | ArticleField
  value: string
  /** Id of an element, path of keys, address of a link; `path` when it is the name of the file itself. */
  at?: string
}

type ArticleField = 'kicker' | 'headline' | 'subtitle' | 'byline' | 'section' | 'blocks' | 'photos'

/** Where an issue, or an article of it, comes from. */
export interface OriginsView {
  /** The importer that wrote the document, and the name of what was delivered. */
  source: { importer: string; version: number; name: string }
  /** Path of the issue's document in the archive. */
  document: string
  /** What was read of each file of the archive; without a file, what no origin was kept for. */
  files: { file?: string; fields: FieldOrigin[] }[]
  /** What the source said beyond that, by its own names. */
  said: { name: string; value: string }[]
  /** What could not be understood of the issue. */
  warnings: { file: string; code: string; message: string }[]
  /** The text was recognised by Banmian, not delivered: with what, and how sure (0–1). */
  recognised?: { engine: string; confidence: number }
}

export interface PhotoView {
  url?: string
  width?: number
  height?: number
  caption?: string
}

export interface ArticleView extends ArticleHead {
  issue: IssueKey
  titleName: string
  language: string
  byline?: string
  section?: string
  blocks: Block[]
  photos: PhotoView[]
  /** The text was recognised by Banmian, not delivered: with what, and how sure (0–1). */
  recognised?: { engine: string; confidence: number }
  /** Labels and names of `pages`. */
  places: { page: string; label: string; name: string }[]
  /** What the reader corrected in its text, in the order of the text. */
  corrections?: { note: string; was: string; now: string }[]
  continuedBy?: string
  continuedFrom?: string
  /** Neighbours in reading order. */
  previous?: string
  next?: string
}

/** A hit with what a result list needs to open it. */
export interface SearchHitView extends SearchHit {
  issue: IssueKey
  /** Article id within the issue. */
  articleId: string
  /** BCP 47, of the newspaper: what is quoted from it is set in its own glyphs. */
  language: string
  thumbnail?: string
}

export interface SearchView extends Omit<SearchResult, 'hits'> {
  hits: SearchHitView[]
  /** Articles found per month, ascending. */
  months: { month: string; count: number }[]
  titles: { id: string; name: string; count: number }[]
  /** Articles found per page label, in the order of the labels. */
  pages: { label: string; count: number }[]
  /** Articles found per section as printed, most first. */
  sections: { name: string; count: number }[]
  /** A part of the index could not be read: its articles are missing here. */
  damaged: boolean
  /** The counts are still to come, as the event `search.counted`; until then `total` is an upper bound. */
  counting: boolean
}

/** The part of a window that asks: a newer search ends an older one of the same part only. */
export type SearchScope = 'results' | 'more' | 'counts' | 'calendar' | 'calendar-day' | 'reader' | 'trends'

/** Articles that answer queries, by month, beside what the archive holds of each. */
export type TrendsView = Trends

/** The whole answer to a search whose first hits were given before; `scope` and `turn` say to which. */
export interface CountedSearch {
  scope?: SearchScope
  turn: number
  outcome: Reply<SearchView>
}

/** Searches of an archive that are remembered, newest first. */
export interface KeptSearches {
  recent: string[]
  saved: string[]
}

export type ThemeName = 'system' | 'light' | 'dark' | 'sepia' | 'contrast'
export type InterfaceLanguage = 'zh-Hans' | 'zh-Hant' | 'en'

/** How the pictures of a title are shown: brightness and contrast in percent, 50–200. */
export interface PageFilter {
  brightness: number
  contrast: number
  invert: boolean
  /** Takes the yellow out of the paper. */
  whiten: boolean
}

/** How an article's text is set. */
export interface ArticleLook {
  face: 'serif' | 'sans'
  lines: 'tight' | 'usual' | 'wide'
  measure: 'narrow' | 'usual' | 'wide'
  /** Characters as printed, or all simplified or traditional. */
  script: 'printed' | 'hans' | 'hant'
  /** A band that keeps the eye on the line. */
  ruler: boolean
  /** Lines across, or columns from top to bottom and right to left, as old papers have it. */
  flow: 'across' | 'down'
}

/** How an article is read aloud. */
export interface AloudChoice {
  /** Percent of the usual speed, 50–300. */
  rate: number
  /** By language: the URI of the voice that reads it. */
  voices: Record<string, string>
  /** After an article the next one is read. */
  onwards: boolean
}

export interface Settings {
  language: InterfaceLanguage
  theme: ThemeName
  /** Size of the interface and its text in percent. */
  interfaceScale: 100 | 125 | 150 | 200
  /** Size of article text in percent, 80–300. */
  articleScale: number
  /** Width of the article column in CSS pixels. */
  articleWidth: number
  articleOpen: boolean
  railOpen: boolean
  /** How a page is first shown. */
  fit: 'page' | 'width'
  /** By `archive/title`; a title that is not named is shown as it was scanned. */
  pageFilters: Record<string, PageFilter>
  /** By `archive/title`, where the reader decided otherwise than the source: pages from left or from right. */
  pageOrders: Record<string, 'ltr' | 'rtl'>
  articleLook: ArticleLook
  aloud: AloudChoice
  citationForm: CitationForm
  firstSteps: FirstSteps
}

/** Something the user chose to import, known by a token: no paths go back and forth. */
export interface ChosenSource {
  token: string
  name: string
}
