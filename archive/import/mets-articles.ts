import type { Article, ArticleKind, Block, FieldSource, ZoneKind } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { joinDescriptions, type MetsDescription } from './mets-description.ts'
import type { MetsDiv, MetsDocument } from './mets-document.ts'
import { type MetsPage, type PlaceFinder, type PlacedFigure, type PlacedText, type Places } from './mets-places.ts'
import { addZone, type Spans } from './page-articles.ts'

const kinds: [RegExp, ArticleKind][] = [
  [/^(?:AD|ADS|ADVERT|ADVERTS|ADVERTISEMENTS?|ADVERTISING|CLASSIFIED.*|PUBLICITE|ANZEIGE)$/, 'advert'],
  [/^(?:ILLUSTRATION|PICTURE|PHOTO|PHOTOGRAPH|CARTOON|MAP|GRAPHIC|IMAGE)$/, 'photo'],
  [/^(?:OBITUARY|NOTICE|[A-Z]*NOTICES?|ANNOUNCEMENTS?|FAMILYNOTICES?|BIRTHS?|MARRIAGES?|DEATHS?)$/, 'notice'],
  [/^(?:ARTICLE|NEWS|LETTER|REVIEW|FEUILLETON|INTERVIEW|EDITORIAL|POEM|SERIAL|STORY|ASIDE|TABLE|WEATHER)$/, 'article'],
]

/** What an article is by the type of its div; undefined for divs that are none. */
function kindOf(type: string): ArticleKind | undefined {
  return kinds.find(([pattern]) => pattern.test(type))?.[1]
}

type Field = 'kicker' | 'headline' | 'subtitle' | 'byline'

const fields: [RegExp, Field][] = [
  [/^(?:OVERLINE|KICKER|PRETITLE|EYEBROW)$/, 'kicker'],
  [/^(?:TITLE|HEADLINE|MAINTITLE|HEAD)$/, 'headline'],
  [/^(?:SUBHEADLINE|SUBTITLE|SUBHEADING|SUBHEAD)$/, 'subtitle'],
  [/^(?:AUTHOR|AUTHORS|BYLINE)$/, 'byline'],
]
const insideHeading = /^(?:INSIDEHEADING|CROSSHEADING|CROSSHEAD|INTERTITLE)$/
/** Divs that hold articles and are none; TITLESECTION and what is like it is the masthead. */
const masthead = /^(?:TITLESECTION|MASTHEAD|TITLEPIECE|PUBLISHINGSTMT)$/
const whole = /^(?:NEWSPAPER|PERIODICAL|VOLUME|ISSUE|YEAR|MONTH|DAY|CONTENT|SUPPLEMENT|ADDITIONAL|EPHEMERA)$/

interface Draft {
  article: Article
  div: MetsDiv
  texts: PlacedText[]
  figures: PlacedFigure[]
  shapes: PlacedFigure[]
  pages: Set<MetsPage>
}

/** The articles of an issue, from its logical divs; each text block that one has is noted in `used`. */
export class MetsArticles {
  readonly articles: Article[] = []
  readonly lost: string[] = []
  readonly used = new Map<MetsPage, Map<string, 'all' | Spans>>()
  private readonly ids = new Set<string>()

  constructor(
    private readonly mets: MetsDocument,
    private readonly finder: PlaceFinder,
    private readonly file: string,
  ) {}

  /** Reads the articles below a div that is an issue or holds articles. */
  read(div: MetsDiv, section?: string): void {
    for (const child of div.children) {
      const kind = kindOf(child.type)
      if (masthead.test(child.type)) this.noteMasthead(child)
      else if (kind) this.addArticle(child, kind, section)
      else if (child.type === 'SECTION' || child.type === 'CHAPTER') this.readSection(child, section)
      else {
        this.addContents(child)
        this.read(child, section)
      }
    }
  }

  /** A section gives its title to its articles; with a text of its own it is one itself. */
  private readSection(div: MetsDiv, around: string | undefined): void {
    const title = this.describe(div).titles.join(' ') || div.label
    const hasBody = div.children.some(
      (child) => child.type === 'BODY' || child.type === 'PARAGRAPH' || child.type === 'TEXT',
    )
    if (hasBody) this.addArticle(div, 'article', around)
    else {
      this.addContents(div)
      this.read(div, title ? cleanLine(title) : around)
    }
  }

  /** A part of a volume that is only known by its title and its pages, as Kitodo describes them. */
  private addContents(div: MetsDiv): void {
    const title = this.describe(div).titles[0] ?? div.label
    if (whole.test(div.type) || !title || div.areas.length > 0) return
    const { pages } = this.finder.linked(div)
    if (pages.length > 0) this.finish(this.draft(div, 'article', undefined, pages))
  }

  private noteMasthead(div: MetsDiv): void {
    const { texts } = this.finder.of(div.areas)
    for (const { block } of texts) block.role = 'masthead'
    div.children.forEach((child) => this.noteMasthead(child))
  }

  private describe(div: MetsDiv): MetsDescription {
    return joinDescriptions(div.descriptions.flatMap((id) => this.mets.descriptions.get(id) ?? []))
  }

  private draft(div: MetsDiv, kind: ArticleKind, section: string | undefined, pages: Iterable<MetsPage> = []): Draft {
    let id = (div.id || `article-${this.articles.length + 1}`).slice(0, 180)
    while (this.ids.has(id)) id = `${id}-${this.ids.size + 1}`
    this.ids.add(id)
    const article: Article = { id, kind, headline: '', blocks: [], photos: [], pages: [] }
    if (section) article.section = section
    return { article, div, texts: [], figures: [], shapes: [], pages: new Set(pages) }
  }

  private addArticle(div: MetsDiv, kind: ArticleKind, section: string | undefined): void {
    const draft = this.draft(div, kind, section)
    const index = this.articles.length
    this.gather(div, draft)
    // Divs without areas of their own are tied to the page by links.
    if (draft.texts.length + draft.figures.length + draft.shapes.length === 0)
      this.take(this.finder.linked(div), draft, undefined)
    this.finish(draft, index)
  }

  private gather(div: MetsDiv, draft: Draft): void {
    this.take(this.finder.of(div.areas), draft, div.type)
    for (const child of div.children) {
      const kind = kindOf(child.type)
      const isInner =
        kind === 'article' ? child.type !== 'TABLE' && child.type !== 'ASIDE' : kind === 'advert' || kind === 'notice'
      if (isInner) this.addArticle(child, kind ?? 'article', draft.article.headline || draft.article.section)
      else if (child.type === 'SECTION') this.readSection(child, draft.article.headline || draft.article.section)
      else this.gather(child, draft)
    }
  }

  private take(places: Places, draft: Draft, type: string | undefined): void {
    const { article } = draft
    this.lost.push(...places.lost)
    draft.figures.push(...places.figures)
    draft.shapes.push(...places.shapes)
    const field = fields.find(([pattern]) => pattern.test(type ?? ''))?.[1]
    for (const placed of places.texts) {
      draft.texts.push(placed)
      const { on, block, start, end } = placed
      const text = start === undefined ? block.text : block.text.slice(start, end)
      if (field && start === undefined) this.addToField(article, field, { page: on.page.id, source: block.id, text })
      else {
        const kind: Block['kind'] = insideHeading.test(type ?? '') || field === 'headline' ? 'heading' : 'paragraph'
        article.blocks.push({
          kind,
          text,
          page: on.page.id,
          source: block.id,
          ...(start === undefined ? {} : { sourceStart: start }),
        })
      }
    }
    for (const page of places.pages) draft.pages.add(page)
    for (const { on } of [...places.texts, ...places.figures, ...places.shapes]) draft.pages.add(on)
  }

  private addToField(article: Article, field: Field, part: { page: string; source: string; text: string }): void {
    // A second title behind the text is a heading inside it.
    if (article.blocks.length > 0 && field !== 'byline') {
      article.blocks.push({ kind: 'heading', text: part.text, page: part.page, source: part.source })
      return
    }
    const before = article[field] ?? ''
    const start = before === '' ? 0 : before.length + 1
    article[field] = before === '' ? part.text : `${before} ${part.text}`
    const source: FieldSource = { field, start, page: part.page, source: part.source }
    article.fieldSources = [...(article.fieldSources ?? []), source]
  }

  private finish(draft: Draft, index = this.articles.length): void {
    const { article, div } = draft
    const said = this.describe(div)
    const at = div.descriptions[0] ?? div.id
    article.pages = [...draft.pages].map(({ page }) => page.id)
    // Text that no page was delivered for: the title is all there is, and it has no place.
    if (article.pages.length === 0) return
    article.origins = { '*': { file: this.file, at: div.id } }
    const title = cleanLine(said.titles.join(' ')) || cleanLine(div.label ?? '').replace(/\.{3}$|…$/, '')
    const metadata: NonNullable<Article['metadata']> = { ...said.metadata, type: div.type }
    if (article.headline === '' && title !== '') {
      article.headline = title
      article.origins['headline'] = { file: this.file, at }
    } else if (title !== '' && title !== article.headline) metadata['title'] = title
    if (!article.subtitle && said.subtitles.length > 0) article.subtitle = said.subtitles.join(' ')
    if (!article.byline && said.people.length > 0) article.byline = said.people.join(', ')
    if (said.language) metadata['language'] = said.language
    if (said.genres.length > 0) metadata['genre'] = said.genres
    if (article.kind === 'article' && said.genres.some((genre) => /advert|publicit|annonce|anzeige/i.test(genre)))
      article.kind = 'advert'
    article.metadata = metadata
    this.addZones(draft)
    this.articles.splice(Math.min(index, this.articles.length), 0, article)
  }

  private addZones({ article, texts, figures, shapes, div }: Draft): void {
    const kind: ZoneKind = article.kind === 'advert' ? 'advert' : div.type === 'TABLE' ? 'table' : 'text'
    for (const { on, block, start, end } of texts) {
      const used = this.usedOn(on)
      const before = used.get(block.id)
      // Two spans of one block are one zone.
      if (before === undefined && shapes.length === 0) addZone(on.page, block, kind, article.id)
      if (start === undefined || end === undefined) used.set(block.id, 'all')
      else if (before !== 'all') used.set(block.id, [...(before ?? []), [start, end]])
    }
    for (const { on, figure } of shapes) addZone(on.page, figure, article.kind === 'photo' ? 'photo' : kind, article.id)
    for (const { on, figure } of figures) {
      addZone(on.page, figure, figure.kind === 'other' ? kind : figure.kind, article.id)
      this.usedOn(on).set(figure.id, 'all')
    }
  }

  private usedOn(page: MetsPage): Map<string, 'all' | Spans> {
    const used = this.used.get(page) ?? new Map<string, 'all' | Spans>()
    this.used.set(page, used)
    return used
  }
}
