import type { Article, ArticleKind, ImportWarning, Origin, Photo, ZoneKind } from '../model.ts'
import { type FounderArticle, parseArticle } from './founder-article.ts'
import { articleIdOf } from './founder-links.ts'
import type { IssuePage, PageResult } from './founder-pages.ts'
import { measureImage } from './image-size.ts'
import { warning, warningFrom } from './import-warning.ts'
import type { LinkResolver, LinkTarget } from './link-resolution.ts'
import { readPage } from './read-page.ts'
import type { Source } from './source.ts'

export interface ArticlesResult {
  articles: Article[]
  files: string[]
  warnings: ImportWarning[]
}

interface Draft {
  id: string
  headline: string
  pages: string[]
  target: LinkTarget
  /** The delivered layout page that lists it, and the link there. */
  listed?: Origin
}

const zoneKinds: Record<ArticleKind, ZoneKind> = {
  article: 'text',
  photo: 'photo',
  advert: 'advert',
  notice: 'other',
  page: 'text',
}

/** What stands in the article list without being an article: adverts, editors' names, lone pictures, blank titles. */
function kindOf(headline: string, hasText: boolean, hasPhotos: boolean): ArticleKind {
  const title = headline.replace(/[\s【】[\]（）()《》·:：]/g, '')
  if (/^(?:整版|半版|通栏|公益|分类|商业|形象)?广告(?:\d*|专版|专栏)$|^ad\d*$/i.test(title)) return 'advert'
  if (/^(?:本版|本期|今日)?(?:责任?编辑?|责编|编辑|值班|统筹|美编|校对|版式|组版)/.test(title) && title.length <= 30) {
    return /^(?:本版|本期|今日|责)/.test(title) || /[:：]/.test(headline) ? 'notice' : 'article'
  }
  if (/^(?:图片报道|图片新闻|图片|图说|组图|无题|图\d*)$/.test(title)) return 'photo'
  if (!hasText && hasPhotos) return 'photo'
  if (title === '' && !hasText) return 'notice'
  return 'article'
}

/** Articles of the issue by the file they link to; one that two pages list stands on both. */
function draftArticles(entries: IssuePage[], results: PageResult[], resolve: LinkResolver): Draft[] {
  const drafts = new Map<string, Draft>()
  const ids = new Set<string>()
  entries.forEach((entry, index) => {
    const result = results[index]
    if (!result) return
    const onPage = new Map<string, Draft>()
    const orphans = (entry.orphans ?? []).map(({ file, headline }) => ({ from: '', href: file, headline }))
    const listed = (entry.layout?.articles ?? []).map((each) => ({ from: entry.file, ...each }))
    for (const { from, href, headline } of [...listed, ...orphans]) {
      const target: LinkTarget | undefined =
        from === '' ? { path: href, wanted: href, outside: false } : resolve(from, href)
      if (!target) continue
      const key = (target.path ?? target.wanted).toLowerCase().replace(/\?.*$/, '')
      let draft = drafts.get(key)
      if (!draft) {
        const id = articleIdOf(href)
        let unique = id
        for (let count = 2; ids.has(unique); count++) unique = `${id}-${count}`
        ids.add(unique)
        const listed = from !== '' && entry.layout ? { file: from, at: href } : undefined
        draft = { id: unique, headline, pages: [], target, listed }
        drafts.set(key, draft)
      }
      draft.headline ||= headline
      if (!draft.pages.includes(result.page.id)) draft.pages.push(result.page.id)
      onPage.set(articleIdOf(href), draft)
    }
    result.page.zones.forEach((zone, at) => {
      const draft = onPage.get(articleIdOf(result.zoneLinks[at] ?? ''))
      if (draft) zone.article = draft.id
    })
  })
  return [...drafts.values()]
}

async function photosOf(
  parsed: FounderArticle,
  file: string,
  resolve: LinkResolver,
  source: Source,
  result: ArticlesResult,
): Promise<Photo[]> {
  const photos: Photo[] = []
  for (const { src, caption } of parsed.photos) {
    const target = resolve(file, src)
    const path = target?.path
    if (target && !path) result.warnings.push(warning('missing-image', target.wanted))
    const size = path ? await measureImage(source, path) : undefined
    if (path) result.files.push(path)
    if (path || caption) {
      photos.push({ file: path, mime: size?.mime, width: size?.width, height: size?.height, caption })
    }
  }
  return photos
}

async function readArticle(
  draft: Draft,
  resolve: LinkResolver,
  source: Source,
  result: ArticlesResult,
): Promise<Article> {
  const article: Article = {
    id: draft.id,
    kind: kindOf(draft.headline, false, false),
    headline: draft.headline,
    blocks: [],
    photos: [],
    pages: draft.pages,
    ...(draft.listed ? { origins: { '*': draft.listed } } : {}),
  }
  const file = draft.target.path
  if (!file) {
    result.warnings.push(warning('missing-article-page', draft.target.wanted))
    // Only the title is known: a blank one is no reason to take the article for a notice.
    if (draft.headline === '') article.kind = 'article'
    return article
  }
  let parsed
  try {
    parsed = parseArticle(await readPage(source, file))
  } catch (error) {
    result.warnings.push(warningFrom(error, file, 'text-unreadable'))
    return article
  }
  result.files.push(file)
  const photos = await photosOf(parsed, file, resolve, source, result)
  const isOwn = parsed.isHeadlineMarked || draft.headline === ''
  const headline = isOwn ? parsed.headline : draft.headline
  const { listed } = draft
  const page = draft.pages.length === 1 ? draft.pages[0] : undefined
  return {
    ...article,
    kind: kindOf(headline, parsed.blocks.length > 0, photos.length > 0),
    kicker: parsed.kicker,
    headline,
    subtitle: parsed.subtitle,
    byline: parsed.byline,
    section: parsed.section,
    blocks: page === undefined ? parsed.blocks : parsed.blocks.map((block) => ({ ...block, page })),
    photos,
    origins: { '*': { file }, ...(listed ? { pages: listed } : {}), ...(listed && !isOwn ? { headline: listed } : {}) },
    metadata: Object.keys(parsed.metadata).length > 0 ? parsed.metadata : undefined,
  }
}

/**
 * The articles of an issue, read from their pages; where a page was not delivered the headline of the list stays.
 * Links the zones of `results` to their articles and gives them the articles' kind.
 */
export async function readArticles(
  entries: IssuePage[],
  results: PageResult[],
  source: Source,
  resolve: LinkResolver,
): Promise<ArticlesResult> {
  const result: ArticlesResult = { articles: [], files: [], warnings: [] }
  for (const draft of draftArticles(entries, results, resolve)) {
    result.articles.push(await readArticle(draft, resolve, source, result))
  }
  const kinds = new Map(result.articles.map((article) => [article.id, article.kind]))
  for (const zone of results.flatMap(({ page }) => page.zones)) {
    const kind = kinds.get(zone.article ?? '')
    zone.kind = kind ? zoneKinds[kind] : 'other'
  }
  return result
}
