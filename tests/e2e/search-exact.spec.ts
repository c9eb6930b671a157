import { expect, type Page } from 'playwright/test'
import { articleText } from '../../archive/article-text.ts'
import { fold } from '../../archive/search/folding.ts'
import type { SearchHitView, SearchView } from '../../electron/bridge/views.ts'
import { seededRandom } from '../fixtures/make-corpus.ts'
import { test } from './app.ts'
import { goTo, openArchive, sampleIssues } from './steps.ts'

/** Fifty random questions asked on the real search screen, each answered as a plain scan of the documents answers it. */

const articles = sampleIssues().flatMap((issue) =>
  issue.articles.map((article) => {
    const { text, spans } = articleText(article)
    const inHeadline = spans.filter(({ field }) => field === 'kicker' || field === 'headline' || field === 'subtitle')
    return {
      key: `${issue.title.id}/${issue.date}/${issue.edition}#${article.id}`,
      title: issue.title.id,
      date: issue.date,
      kind: article.kind,
      original: text,
      text: fold(text),
      headline: inHeadline.map(({ start, end }) => fold(text.slice(start, end))).join('\n'),
      hasText: article.blocks.some((block) => block.text !== '') || article.photos.some((photo) => photo.caption),
      labels: article.pages.map((page) => issue.pages.find(({ id }) => id === page)?.label ?? ''),
    }
  }),
)
type Article = (typeof articles)[number]

const random = seededRandom(Number(process.env['BANMIAN_QUERY_SEED'] ?? 20_130_110))
const pick = (below: number): number => Math.floor(random() * below)

/** A stretch of some article; no border within a word, nothing that means something else in a query. */
function stretch(length: number, accept: (text: string) => boolean = () => true): string {
  for (;;) {
    const characters = [...articles[pick(articles.length)]!.original]
    const start = pick(Math.max(1, characters.length - length))
    const text = characters.slice(start, start + length).join('')
    const isWhole = [...text].length === length && fold(text).trim() === fold(text) && /[\p{L}\p{N}]/u.test(text)
    if (isWhole && !/["“”「」『』\n()（）*|｜:：-]/.test(text) && accept(text)) return text
  }
}

/** Letters and digits at the ends must not go on. */
function pattern(phrase: string): RegExp {
  const escaped = phrase.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const isWord = (character: string | undefined): boolean => /[a-z0-9\u00df-\u024f]/.test(character ?? '')
  const before = isWord(phrase[0]) ? '(?<![a-z0-9])' : ''
  const after = isWord(phrase.at(-1)) ? '(?![a-z0-9])' : ''
  return new RegExp(before + escaped + after, 'gu')
}

const timesIn = (phrase: string, text: string): number => [...text.matchAll(pattern(fold(phrase)))].length
const has = (phrase: string) => (article: Article) => timesIn(phrase, article.text) > 0

interface Question {
  kind: string
  query: string
  fits: (article: Article) => boolean
  /** What may be marked; where it is one phrase, how often it stands in an article is compared too. */
  phrases: string[]
  /** Filters, as the address says them. */
  filters?: string
}

const hanOnly = (text: string): boolean => /^\p{Script=Han}+$/u.test(text)
const phrase = (kind: string, text: string, written = text): Question => ({
  kind,
  query: hanOnly(written) ? written : `"${written}"`,
  fits: has(text),
  phrases: [text],
})
const traditional: Record<string, string> = Object.fromEntries(
  [...'产產业業发發经經济濟国國会會记記报報设設区區个個为為学學镇鎮农農'].flatMap((one, at, all) =>
    at % 2 === 0 ? [[one, all[at + 1] ?? '']] : [],
  ),
)
const inTraditional = (text: string): string => [...text].map((one) => traditional[one] ?? one).join('')
const fullWidth = (text: string): string =>
  text.replace(/[0-9A-Za-z]/g, (one) => String.fromCodePoint(one.codePointAt(0)! + 0xfee0))

function combined(round: number): Question {
  const [a, b, c] = [stretch(2, hanOnly), stretch(1 + pick(2), hanOnly), stretch(2, hanOnly)] as const
  const [isA, isB, isC] = [has(a), has(b), has(c)]
  const forms: Question[] = [
    { kind: 'AND', query: `${a} ${b}`, fits: (one) => isA(one) && isB(one), phrases: [a, b] },
    {
      kind: 'three AND',
      query: `${a} AND ${b} ${c}`,
      fits: (one) => [isA, isB, isC].every((is) => is(one)),
      phrases: [a, b, c],
    },
    { kind: 'OR', query: `${a} OR ${c}`, fits: (one) => isA(one) || isC(one), phrases: [a, c] },
    { kind: 'NOT', query: `${b} -${a}`, fits: (one) => isB(one) && !isA(one), phrases: [b] },
    {
      kind: 'group',
      query: `(${a} | ${c}) NOT ${b}`,
      fits: (one) => (isA(one) || isC(one)) && !isB(one),
      phrases: [a, c],
    },
  ]
  return forms[round % forms.length]!
}

function narrowed(round: number): Question {
  const text = stretch(1 + (round % 2), hanOnly)
  const is = has(text)
  const some = articles.filter(is)
  const { date, title, kind, labels } = some[pick(some.length)]!
  const label = labels[0] ?? ''
  const inHeadline = (one: Article): boolean => timesIn(text, one.headline) > 0
  const onPage = (one: Article): boolean => one.labels.includes(label)
  const ask = (name: string, fits: (one: Article) => boolean, filters?: string, query = text): Question => ({
    kind: name,
    query,
    fits: (one) => is(one) && fits(one),
    phrases: [text],
    filters,
  })
  const forms = [
    ask('dates', (one) => one.date >= date, `from=${date}`),
    ask('a day', (one) => one.date === date, `from=${date}&to=${date}`),
    ask(
      'a month in words',
      (one) => one.date.startsWith(date.slice(0, 7)),
      undefined,
      `${text} 日期:${date.slice(0, 7)}`,
    ),
    ask('a title', (one) => one.title === title, `titles=${title}`),
    ask('a page', onPage, `pages=${encodeURIComponent(label)}`),
    ask('a page in words', onPage, undefined, `${text} 版:${label}`),
    ask('a kind', (one) => one.kind === kind, `kinds=${kind}`),
    ask('with text', (one) => one.hasText, 'text=1'),
    ask('exact glyphs', (one) => one.original.includes(text), 'glyphs=1'),
    ask('in the headline', inHeadline, undefined, `标题:${text}`),
  ]
  return forms[round % forms.length]!
}

const questions: Question[] = [
  ...Array.from({ length: 4 }, () => phrase('one character', stretch(1, hanOnly))),
  ...Array.from({ length: 5 }, () => phrase('two characters', stretch(2, hanOnly))),
  ...Array.from({ length: 3 }, () => phrase('three characters', stretch(3, hanOnly))),
  ...Array.from({ length: 4 }, () => phrase('four characters', stretch(4))),
  ...Array.from({ length: 5 }, () => phrase('eight to twenty characters', stretch(8 + pick(13)))),
  ...Array.from({ length: 3 }, () =>
    phrase(
      'repeated characters',
      stretch(6, (text) => new Set(text).size < 5),
    ),
  ),
  ...Array.from({ length: 3 }, () =>
    phrase(
      'digits',
      stretch(5, (text) => /\d/.test(text)),
    ),
  ),
  ...Array.from({ length: 2 }, () =>
    phrase(
      'letters',
      stretch(6, (text) => /[A-Za-z]/.test(text)),
    ),
  ),
  ...Array.from({ length: 3 }, () => stretch(5, (text) => /\d/.test(text))).map((text) =>
    phrase('full width', text, fullWidth(text)),
  ),
  ...Array.from({ length: 3 }, () => stretch(3, (text) => hanOnly(text) && inTraditional(text) !== text)).map((text) =>
    phrase('traditional for simplified', text, inTraditional(text)),
  ),
  ...Array.from({ length: 5 }, (_, round) => combined(round)),
  ...Array.from({ length: 10 }, (_, round) => narrowed(round)),
]

/** Every hit of a question, through the bridge as the screen asks it. */
async function allHits(window: Page, { query, filters }: Question): Promise<SearchHitView[]> {
  const [, archive] = /([0-9a-f]{16})/.exec(window.url())!
  const wish = new URLSearchParams(filters)
  const list = (name: string) => (wish.has(name) ? { [name]: [wish.get(name)] } : {})
  const narrowing = {
    ...(wish.has('from') && { from: wish.get('from') }),
    ...(wish.has('to') && { to: wish.get('to') }),
    ...(wish.has('text') && { withText: true }),
    ...(wish.has('glyphs') && { exactGlyphs: true }),
    ...list('titles'),
    ...list('pages'),
    ...list('kinds'),
  }
  const hits: SearchHitView[] = []
  for (let offset = 0; offset === hits.length; offset += 200) {
    const reply = await window.evaluate(
      ([id, asked]) => globalThis.window.banmian.call['search']!['find']!({ archive: id, query: asked, scope: 'more' }),
      [archive, { text: query, ...narrowing, offset, limit: 200 }] as const,
    )
    if (!reply.ok) throw new Error(`${query}: ${reply.code}`)
    hits.push(...(reply.value as SearchView).hits)
  }
  return hits
}

test('fifty random questions on the search screen find what a plain scan finds, and mark it', async ({ start }) => {
  test.setTimeout(600_000)
  const { window, base } = await openArchive(start)
  await window.setViewportSize({ width: 1440, height: 900 })
  expect(questions).toHaveLength(50)
  let found = 0
  for (const question of questions) {
    const { kind, query, fits, phrases, filters } = question
    const name = `${kind}: ${query} ${filters ?? ''}`
    const expected = articles.filter(fits)
    found += expected.length
    await goTo(window, `${base}/search${filters ? `?${filters}` : ''}`)
    await window.getByRole('combobox', { name: '搜索词' }).fill(query)
    await window.keyboard.press('Enter')
    await expect(window.locator('.results[aria-busy=false]'), name).toHaveAttribute('data-answered', query)
    const total = window.locator('.results header strong')
    await expect(total, name).toHaveText(`${expected.length} 篇`)
    const says = kind === 'exact glyphs' ? '异体字不互相匹配' : '同时匹配简体、繁体、异体字'
    await expect(window.locator('.filters'), name).toContainText(says)
    const hits = await allHits(window, question)
    expect(hits.map(({ article }) => article).sort(), name).toEqual(expected.map(({ key }) => key).sort())

    const byKey = new Map(expected.map((article) => [article.key, article]))
    const wanted = phrases.map(fold)
    for (const hit of hits) {
      const marked = hit.snippet.filter(({ mark }) => mark).map(({ text }) => fold(text))
      expect(marked.length, `${name} ${hit.article}`).toBeGreaterThan(0)
      for (const text of marked) expect(wanted, `${name} ${hit.article}`).toContain(text)
      const { text: whole, headline } = byKey.get(hit.article)!
      const within = kind === 'in the headline' ? headline : whole
      if (phrases.length === 1) expect(hit.count, `${name} ${hit.article}`).toBe(timesIn(phrases[0]!, within))
    }
    if (expected.length === 0) continue
    // The rows that are drawn are the first of these, and their marks are on the screen.
    const rows = window.locator('.results ol li')
    await expect(rows.first(), name).toBeVisible()
    const links = await rows.locator('h3 a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    const drawn = links.map((link) => {
      const [, title, date, edition, article] = /\/r\/([^/]+)\/([^/]+)\/(\d+)\/[^?]+\?article=([^&]+)/.exec(link)!
      return `${title}/${date}/${edition}#${decodeURIComponent(article!)}`
    })
    expect(drawn, name).toEqual(hits.slice(0, drawn.length).map(({ article }) => article))
    const marks = await rows.locator('mark').allTextContents()
    expect(marks.length, name).toBeGreaterThanOrEqual(drawn.length)
    for (const mark of marks) expect(wanted, name).toContain(fold(mark))
  }
  expect(found).toBeGreaterThan(500)
})
