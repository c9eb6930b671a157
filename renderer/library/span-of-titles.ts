import type { TitleSummary } from '../../archive/model.ts'

/** The first and the last date over all titles; undefined when there is none. */
export function spanOfTitles(
  titles: readonly Pick<TitleSummary, 'first' | 'last'>[],
): { first: string; last: string } | undefined {
  const dates = titles.flatMap((title) => [title.first, title.last]).sort()
  const [first] = dates
  const last = dates.at(-1)
  return first && last ? { first, last } : undefined
}
