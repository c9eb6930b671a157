import type { ArticleHead, PageView } from '../../electron/bridge/views.ts'

/** The articles of each page that has some, in page order; an article stands on the page where it begins. */
export function headlinesByPage(
  pages: readonly PageView[],
  articles: readonly ArticleHead[],
): { page: PageView; articles: ArticleHead[] }[] {
  return pages
    .map((page) => ({ page, articles: articles.filter((article) => article.pages[0] === page.id) }))
    .filter((group) => group.articles.length > 0)
}

/** Each article's zones on each page, as SVG points over a page of 100 × 100. */
export function zonePoints(page: PageView, article: string | undefined): string[] {
  if (!article) return []
  return page.zones
    .filter((zone) => zone.article === article)
    .map((zone) => zone.polygon.map(([x, y]) => `${x * 100},${y * 100}`).join(' '))
}
