import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { articleText } from '../../../../archive/article-text.ts'
import type { SearchDocument } from '../../../../archive/search/search-document.ts'
import type { CorpusArticle } from '../../../fixtures/make-corpus.ts'

/** A generated article as the index takes it. */
export function asDocument(article: CorpusArticle): SearchDocument {
  const text = articleText({
    headline: article.headline,
    byline: article.byline,
    blocks: article.body.map((paragraph) => ({ kind: 'paragraph' as const, text: paragraph })),
    photos: [],
  })
  return {
    ...text,
    id: article.id,
    title: article.title,
    date: article.date,
    pages: [article.page],
    frontPage: /^A?0?1$/.test(article.page),
  }
}

/** A document of plain words, first line the headline. */
export function plainDocument(id: number, text: string, more: Partial<SearchDocument> = {}): SearchDocument {
  const headlineEnd = text.includes('\n') ? text.indexOf('\n') : text.length
  return {
    id,
    title: 'jzrb',
    date: '2013-01-10',
    text,
    spans: [
      { field: 'headline', start: 0, end: headlineEnd },
      ...(headlineEnd < text.length
        ? [{ field: 'body' as const, start: headlineEnd + 1, end: text.length, part: 0 }]
        : []),
    ],
    pages: ['A02'],
    frontPage: false,
    ...more,
  }
}

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'banmian-search-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
