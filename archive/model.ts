/**
 * What an archive holds: plain data that can be cloned, stored as JSON and sent between processes. No code.
 * Words follow docs/architecture.md. Coordinates are fractions 0–1 of the page, from its top left; importers convert.
 */

/** A point on a page, fractions 0–1 of its width and height. */
export type Point = [x: number, y: number]

/** An upright rectangle on a page, fractions 0–1. */
export interface Box {
  x: number
  y: number
  w: number
  h: number
}

export type ZoneKind = 'text' | 'photo' | 'advert' | 'table' | 'masthead' | 'other'

/** A hot zone 热区: a polygon of at least three points on a page. */
export interface Zone {
  id: string
  kind: ZoneKind
  polygon: Point[]
  /** Id of the article, within the issue, that the zone opens. */
  article?: string
}

/** One form in which a page was delivered. */
export interface Rendition {
  /** `image`: the page as large as it came; `brief`: a small picture; `pdf`: a page of a PDF file. */
  kind: 'image' | 'brief' | 'pdf'
  /** Path inside the payload, forward slashes. While importing: path inside the source. */
  file: string
  mime: string
  /** Pixels, for pictures. Absent when the picture could not be measured. */
  width?: number
  height?: number
  /** 0-based page number inside the PDF, or inside a TIFF of several pages. */
  pdfPage?: number
}

/** The file that holds the words of a page with their boxes. */
export interface PageTextSource {
  format: 'alto' | 'page-xml' | 'hocr' | 'abbyy' | 'annotations' | 'pdf'
  file: string
  /** Of a file with several pages: its 0-based number there; of annotations: the id of the canvas. */
  part?: string
  /** Size of the page in the file's own unit, where what the file says of it is wrong. */
  width?: number
  height?: number
}

/** A page 版. */
export interface Page {
  /** `p1`, `p2` … in page order, unique in the issue. */
  id: string
  /** Page label 版次 as printed: `A01`, `23`. */
  label: string
  /** Page name 版名: `要闻`, `今日沁阳/新春特刊`. */
  name?: string
  /** Pixels (or any unit of equal sides) of the best rendition; 0 when there is none. */
  width: number
  height: number
  renditions: Rendition[]
  zones: Zone[]
  text?: PageTextSource
  metadata?: Metadata
}

/** A part of an article's body. */
export interface Block {
  kind: 'paragraph' | 'heading'
  text: string
  /** Id of the page it stands on, where known. */
  page?: string
  /** Id of the text block in the page's text source, which gives its words' boxes. */
  source?: string
  /** Where in that text block it begins (UTF-16), when it is only a part of it. */
  sourceStart?: number
}

/** A stretch of a field that is a text block of a page: how the words of a headline find their boxes. */
export interface FieldSource {
  field: 'kicker' | 'headline' | 'subtitle' | 'byline'
  /** Offset (UTF-16) into the field. */
  start: number
  page: string
  /** Id of the text block in the page's text source. */
  source: string
}

/** Where a value was read. */
export interface Origin {
  /** Path inside the payload; while importing inside the source. */
  file: string
  /** The place in it: the id of an element, a path of elements or keys. */
  at?: string
}

/** Origins by the name of a field; `*` stands for every field that is not named. */
export type Origins = Record<string, Origin>

/** A photo of an article with its caption 图片说明. */
export interface Photo {
  /** Path inside the payload; absent when the file was not delivered. */
  file?: string
  mime?: string
  width?: number
  height?: number
  caption?: string
}

export type ArticleKind = 'article' | 'photo' | 'advert' | 'notice' | 'page'

/** An article 稿件. Kind `page` is the stand-in for a page whose source has no articles. */
export interface Article {
  /** Unique in the issue, stable over imports of the same source. */
  id: string
  kind: ArticleKind
  /** 引题 */
  kicker?: string
  /** 标题; empty when the source gives none. */
  headline: string
  /** 副题 */
  subtitle?: string
  /** 作者 */
  byline?: string
  /** 来源 or 栏目, as printed. */
  section?: string
  blocks: Block[]
  photos: Photo[]
  /** Ids of the pages it stands on, in reading order; at least one. */
  pages: string[]
  /** Id of the article in this issue that goes on where this one breaks off (下转), and the other way round (上接). */
  continuedBy?: string
  continuedFrom?: string
  /** Which blocks of text the fields above the body are made of. */
  fieldSources?: FieldSource[]
  /** How its lines run, when the source says; CSS Writing Modes. */
  writingMode?: 'horizontal-tb' | 'vertical-rl'
  origins?: Origins
  metadata?: Metadata
}

/** What the source said beyond the model, by the source's own names. */
export type Metadata = Record<string, string | number | boolean | null | string[]>

/** Something an importer could not understand: never a reason to stop a batch. */
export interface ImportWarning {
  /** Path inside the source. */
  file: string
  code: string
  /** English sentence; the interface shows its own language by code. */
  message: string
  /** What the sentence of the code is filled with. Not stored in documents. */
  details?: Record<string, string | number>
}

export interface TitleReference {
  /** Lower case letters, digits, `-`, `_`, `.`: part of paths. */
  id: string
  name: string
  /** BCP 47, `zh-Hans` when a Chinese source does not say. */
  language: string
}

/** The document of one issue 期, as stored in the archive. Schema: archive/issue.schema.json. */
export interface IssueDocument {
  format: 'banmian-issue'
  version: 1
  title: TitleReference
  /** ISO date, `2013-01-10`. */
  date: string
  /** 1 for the first edition of the day; supplements and further editions count on. */
  edition: number
  /** 期号, as printed. */
  number?: string
  /** Name of the supplement 特刊/副刊, when the issue is one. */
  supplement?: string
  pages: Page[]
  articles: Article[]
  warnings: ImportWarning[]
  source: { importer: string; version: number; name: string }
  /** The way its pages are turned, when the source says; IIIF Presentation 3. */
  viewingDirection?: 'left-to-right' | 'right-to-left'
  origins?: Origins
  metadata?: Metadata
}

/** A word of a page with its box, as offsets (UTF-16) into the text of its block. */
export interface Word {
  start: number
  end: number
  box: Box
  /** Only its line's place was delivered; its own was reckoned from that. */
  isReckoned?: boolean
}

/** A printed line of an article's body. */
export interface TextLine {
  /** Index into the article's blocks. */
  block: number
  /** Offsets (UTF-16) into the text of that block. */
  start: number
  end: number
  /** Id of the page within the issue. */
  page: string
  box: Box
}

/** Counts over a title or a whole archive. Words: Latin words and single Han characters. */
export interface Totals {
  issues: number
  pages: number
  articles: number
  zones: number
  words: number
}

/** A title as the catalogue knows it. */
export interface TitleSummary {
  id: string
  name: string
  language: string
  /** ISO dates of the first and the last issue. */
  first: string
  last: string
  issues: number
  pages: number
  articles: number
}

/** What `info` says of an archive. */
export interface ArchiveInfo {
  format: 'banmian-archive'
  version: number
  titles: TitleSummary[]
  totals: Totals
}

/** An issue, a page of it, or an article of it. */
export interface SearchPlace {
  title: string
  date: string
  edition: number
  /** Ids within the issue. */
  page?: string
  article?: string
}

/** What a reader asks. Dates are ISO and inclusive; of lists, one is enough, and an empty one asks nothing. */
export interface SearchQuery {
  text: string
  /** Han as it is written: no simplified, traditional and variant forms for one another. */
  exactGlyphs?: boolean
  /** Also what differs by one wrong letter (Latin words of five and more) or one look-alike character (Han). */
  fuzzy?: boolean
  kinds?: ArticleKind[]
  /** Page labels, as printed or not: A1 is A01. */
  pages?: string[]
  sections?: string[]
  /** Only articles with a body or captions, or only those without. */
  withText?: boolean
  within?: SearchPlace
  titles?: string[]
  from?: string
  to?: string
  sort?: 'newest' | 'oldest' | 'relevance'
  offset?: number
  limit?: number
}

/** A piece of a snippet; marked pieces are what was found, in the original characters. */
export interface SnippetPart {
  text: string
  mark: boolean
}

/** A box on a page, with how precisely the source allowed to place it. */
export interface HitBox extends Box {
  /** Id of the page within the issue. */
  page: string
  precision: 'word' | 'line' | 'zone' | 'page'
}

export interface SearchHit {
  /** `TITLE/DATE/EDITION#ARTICLE`, stable. */
  article: string
  title: string
  titleName: string
  date: string
  edition: number
  /** Label of the page where the first mark stands. */
  page: string
  pageId: string
  pageName: string
  headline: string
  /** The headline with its hits marked. */
  headlineParts: SnippetPart[]
  /** Words of the text around hits; of kicker, headline, subtitle and byline only where they alone hold the words. */
  snippet: SnippetPart[]
  boxes: HitBox[]
  /** How often the words stand in the article. */
  count: number
}

export interface SearchResult {
  query: string
  /** Articles that contain the query. */
  total: number
  /** False while `total` is an upper bound. */
  exact: boolean
  ms: number
  hits: SearchHit[]
}

/** How much an archive holds of a month: what hits are measured against. */
export interface TrendMonth {
  /** `2013-01`. */
  month: string
  issues: number
  articles: number
  words: number
}

export interface TrendQuery {
  text: string
  /** Articles found. */
  total: number
  /** Articles found by month, `2013-01`; a month without any is not named. */
  months: Record<string, number>
}

export interface Trends {
  /** Every month of which the archive has an issue, ascending. */
  months: TrendMonth[]
  queries: TrendQuery[]
  /** A part of the index could not be read: its articles are missing here. */
  damaged: boolean
}
