import type { ArticleHead, PageView } from '../../electron/bridge/views.ts'

/** The articles of each page that has some, in page order; an article stands on the page where it begins. */
export function headlinesByPage(
  pages: readonly PageView[],
  articles: readonly ArticleHead[],
): { page: PageView; articles: ArticleHead[] }[] {
  const begun = new Map<string | undefined, ArticleHead[]>()
  for (const article of articles) {
    const [first] = article.pages
    const here = begun.get(first)
    if (here) here.push(article)
    else begun.set(first, [article])
  }
  return pages
    .map((page) => ({ page, articles: begun.get(page.id) ?? [] }))
    .filter((group) => group.articles.length > 0)
}

/** Each article's zones on each page, as SVG points over a page of 100 × 100. */
export function zonePoints(page: Partial<Pick<PageView, 'zones'>>, article: string | undefined): string[] {
  if (!article || !page.zones) return []
  return page.zones
    .filter((zone) => zone.article === article)
    .map((zone) => zone.polygon.map(([x, y]) => `${x * 100},${y * 100}`).join(' '))
}
