import type { SearchPlace } from '../../archive/model.ts'

/** A place as the address keeps it: `jcrb/2013-01-10/1`, with `/page/p3` or `/article/a7` behind it. */
export function withinAsText({ title, date, edition, page, article }: SearchPlace): string {
  const part = article ? ['article', article] : page ? ['page', page] : []
  return [title, date, String(edition), ...part].map(encodeURIComponent).join('/')
}

/** The place that the address says; undefined when it says none. */
export function withinFromText(text: string | undefined): SearchPlace | undefined {
  let parts: string[]
  try {
    parts = (text ?? '').split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
  const [title, date = '', edition, kind, id] = parts
  if (!title || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{1,3}$/.test(edition ?? '')) return undefined
  const part = id && kind === 'page' ? { page: id } : id && kind === 'article' ? { article: id } : {}
  return { title, date, edition: Number(edition), ...part }
}

/** Names as the address keeps them: they may hold any character, commas too. */
export function namesAsText(names: readonly string[]): string {
  return names.map(encodeURIComponent).join(',')
}

/** The names that the address says; what cannot be read is left out. */
export function namesFromText(text: string | undefined): string[] {
  return (text ?? '').split(',').flatMap((name) => {
    try {
      return name ? [decodeURIComponent(name)] : []
    } catch {
      return []
    }
  })
}
