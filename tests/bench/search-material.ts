/** What all engines of the search bench share: the articles, the queries, and how they are measured. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { articleText } from '../../archive/article-text.ts'
import { parseArticleLine } from '../../archive/import/article-line.ts'
import type { SearchDocument } from '../../archive/search/search-document.ts'
import { makeCorpus, seededRandom } from '../fixtures/make-corpus.ts'

export const articles = Number(process.env.BENCH_ARTICLES ?? (process.env.BENCH_FULL ? 1_000_000 : 100_000))
const samples = process.env.BANMIAN_SAMPLES ?? resolve(import.meta.dirname, '../../../shared/samples')
const corpus = process.env.BANMIAN_CORPUS ?? join(samples, 'B-zh-corpora/xin-wen-lian-bo-2022-2024.jsonl.gz')

/** Real text where the samples are, once; the dates go on in the generated articles. */
function* realDocuments(): Generator<SearchDocument> {
  if (!existsSync(corpus)) return
  const lines = gunzipSync(readFileSync(corpus)).toString('utf8').split('\n')
  const parsed = lines.filter((line) => line !== '').map(parseArticleLine)
  parsed.sort((a, b) => (a.date < b.date ? -1 : 1))
  for (const [place, { article, paragraphs, date, pages }] of parsed.entries()) {
    const blocks = paragraphs.map((text) => ({ kind: 'paragraph' as const, text }))
    const labels = pages.map(({ label }) => label)
    yield {
      ...articleText({ ...article, blocks, photos: [] }),
      id: place + 1,
      title: 'xwlb',
      date,
      pages: labels,
      frontPage: labels[0] === '1',
    }
  }
}

export function* documents(): Generator<SearchDocument> {
  let real = 0
  for (const document of realDocuments()) {
    if (real === articles) return
    real++
    yield document
  }
  for (const article of makeCorpus(articles - real, { seed: 3, firstId: real + 1 })) {
    const blocks = article.body.map((text) => ({ kind: 'paragraph' as const, text }))
    const text = articleText({ headline: article.headline, byline: article.byline, blocks, photos: [] })
    const frontPage = /^A?0?1$/.test(article.page)
    yield { ...text, id: article.id, title: article.title, date: article.date, pages: [article.page], frontPage }
  }
}

export interface Measured {
  [name: string]: number | string | Record<string, number[]>
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A source and the time that goes by outside of it: making the articles is no part of a build. */
export function timed<T>(source: Iterable<T>): { items: Iterable<T>; rates: () => { rate: number; cpuRate: number } } {
  const [wallStart, cpuStart] = [performance.now(), cpuMs()]
  let [wall, cpu] = [0, 0]
  return {
    rates: () => ({
      rate: (articles / (performance.now() - wallStart - wall)) * 1000,
      cpuRate: (articles / (cpuMs() - cpuStart - cpu)) * 1000,
    }),
    items: (function* () {
      const iterator = source[Symbol.iterator]()
      for (;;) {
        const [wallBefore, cpuBefore] = [performance.now(), cpuMs()]
        const next = iterator.next()
        wall += performance.now() - wallBefore
        cpu += cpuMs() - cpuBefore
        if (next.done) return
        yield next.value
      }
    })(),
  }
}

export const peakMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)
export const sizeMb = (folder: string, pattern: RegExp): number =>
  readdirSync(folder)
    .filter((name) => pattern.test(name))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6

/** Queries of each class, from the articles themselves. */
export function queries(): Record<string, string[]> {
  const random = seededRandom(99)
  const sample: string[] = []
  for (const { text } of documents()) if (random() < 400 / articles) sample.push(text)
  const han = /^\p{Script=Han}+$/u
  const stretch = (length: number, accept = (_: string): boolean => true): string => {
    for (;;) {
      const text = sample[Math.floor(random() * sample.length)]!
      const start = Math.floor(random() * text.length)
      const part = text.slice(start, start + length)
      if (part.length === length && han.test(part) && accept(part)) return part
    }
  }
  const many = (count: number, make: () => string): string[] => Array.from({ length: count }, make)
  const reporters = sample
    .map((text) => /本报记者 (\p{Script=Han}{3})\n/u.exec(text)?.[1])
    .filter((name) => name !== undefined)
  return {
    'one character': many(20, () => stretch(1)),
    'two characters': many(25, () => stretch(2)),
    'four characters': many(25, () => stretch(4)),
    'eight and more': many(25, () => stretch(8 + Math.floor(random() * 5))),
    'repeated characters': many(15, () => stretch(6, (text) => new Set(text).size < 5)),
    'two or three words': many(25, () => `${stretch(2)} ${stretch(2)}${random() < 0.3 ? ` ${stretch(2)}` : ''}`),
    'rare names': reporters.slice(0, 20),
    'very common': ['经济', '社会', '发展', '建设', '北京', '国务院', '推进', '年', '记者', '人'],
  }
}

const caches = '/proc/sys/vm/drop_caches'

/** Forgets what the system has read; answers whether it could (Linux, as root). */
export function dropCaches(): boolean {
  try {
    writeFileSync(caches, '1')
    return true
  } catch {
    return false
  }
}

interface MeasureOptions {
  /** Queries of each class; all when absent. */
  most?: number
  /** Cold: nothing in the system's cache, and no second round. */
  cold?: boolean
  rounds?: number
}

/** p50 and p95 of each class in ms; empty when a cold run is not possible. */
export async function measure(
  folder: string,
  ask: (query: string) => Promise<void> | void,
  { most = Infinity, cold = false, rounds = cold ? 0 : 3 }: MeasureOptions = {},
): Promise<Record<string, number[]>> {
  if (cold && !dropCaches()) return {}
  const result: Record<string, number[]> = {}
  const classes = JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as Record<string, string[]>
  for (const [name, list] of Object.entries(classes)) {
    // The best of the rounds for each query: other work on the machine, and the first touch of a file, stay out.
    const times: number[] = []
    for (const query of list.slice(0, most)) {
      let best = Infinity
      for (let round = 0; round <= rounds; round++) {
        if (cold) dropCaches()
        const started = performance.now()
        await ask(query)
        best = Math.min(best, performance.now() - started)
      }
      times.push(best)
    }
    times.sort((a, b) => a - b)
    result[name] = [times[Math.floor(times.length / 2)]!, times[Math.floor(times.length * 0.95)]!]
  }
  return result
}
