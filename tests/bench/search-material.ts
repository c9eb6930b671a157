/** The articles of the search bench. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { articleText } from '../../archive/article-text.ts'
import { parseArticleLine } from '../../archive/import/article-line.ts'
import type { SearchDocument } from '../../archive/search/search-document.ts'
import { makeCorpus } from '../fixtures/make-corpus.ts'

export const articles = Number(process.env.BENCH_ARTICLES ?? (process.env.BENCH_FULL ? 1_000_000 : 100_000))
const samples = process.env.BANMIAN_SAMPLES ?? resolve(import.meta.dirname, '../../../shared/samples')
const corpus = process.env.BANMIAN_CORPUS ?? join(samples, 'B-zh-corpora/xin-wen-lian-bo-2022-2024.jsonl.gz')

/** Real text where the samples are. */
function realArticles(): ReturnType<typeof parseArticleLine>[] {
  if (!existsSync(corpus)) return []
  const lines = gunzipSync(readFileSync(corpus)).toString('utf8').split('\n')
  const parsed = lines.filter((line) => line !== '').map(parseArticleLine)
  return parsed.sort((a, b) => (a.date < b.date ? -1 : 1))
}

/**
 * So many articles, ids and days ascending together, so that newest first is one order for all engines: generated ones,
 * then the real ones of 2022 to 2024, once.
 */
export function* documents(count = articles): Generator<SearchDocument> {
  const real = realArticles().slice(-count)
  const generated = count - real.length
  const perDay = Math.max(137, Math.ceil(generated / 4_300))
  for (const article of makeCorpus(generated, { seed: 3, perDay })) {
    const blocks = article.body.map((text) => ({ kind: 'paragraph' as const, text }))
    const text = articleText({ headline: article.headline, byline: article.byline, blocks, photos: [] })
    const frontPage = /^A?0?1$/.test(article.page)
    yield { ...text, id: article.id, title: article.title, date: article.date, pages: [article.page], frontPage }
  }
  for (const [place, { article, paragraphs, date, pages }] of real.entries()) {
    const blocks = paragraphs.map((text) => ({ kind: 'paragraph' as const, text }))
    const labels = pages.map(({ label }) => label)
    const text = articleText({ ...article, blocks, photos: [] })
    yield { ...text, id: generated + place + 1, title: 'xwlb', date, pages: labels, frontPage: labels[0] === '1' }
  }
}
