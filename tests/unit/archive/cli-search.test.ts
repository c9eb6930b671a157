import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SearchResult } from '../../../archive/model.ts'

type Line = Omit<SearchResult, 'hits'> & {
  hits: { article: string; title: string; date: string; page: string; headline: string; snippet: string }[]
  error?: { code: string; message: string }
}

let folder = ''
const archive = (): string => join(folder, 'archive')

function banmian(words: string[], input?: string): { code: number | null; out: string; lines: Line[] } {
  const program = resolve('archive/cli/banmian.ts')
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), LANG: 'C' }
  const run = spawnSync(process.execPath, ['--import', 'tsx', program, ...words], { encoding: 'utf8', env, input })
  const lines = run.stdout.split('\n').filter((line) => line.startsWith('{'))
  return { code: run.status, out: run.stdout, lines: lines.map((line) => JSON.parse(line) as Line) }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'banmian-cli-'))
  const articles = Array.from({ length: 30 }, (_, day) => ({
    paper: day % 2 ? 'evening' : 'daily',
    date: `2013-01-${String(day + 1).padStart(2, '0')}`,
    page: 'A01',
    headline: `第${day}天`,
    body: day % 3 ? '长江大桥通车' : '長江大橋通車，記者在現場。',
  }))
  const file = join(folder, 'articles.jsonl')
  writeFileSync(file, articles.map((line) => JSON.stringify(line)).join('\n'))
  const imported = banmian(['import', '--json', file, archive()])
  expect(imported.code).toBe(0)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('answers a file of queries in its order, errors too', () => {
  const file = join(folder, 'queries.txt')
  writeFileSync(file, '\ufeff长江大桥\r\n(((\n記者\n\n没有的词\n')
  const { code, lines } = banmian(['search', archive(), '--queries', file, '--json', '--all'])
  expect(code).toBe(0)
  expect(lines.map(({ query, total, error }) => [query, error?.code ?? total])).toEqual([
    ['长江大桥', 30],
    ['(((', 'bad-query'],
    ['記者', 10],
    ['', 'bad-query'],
    ['没有的词', 0],
  ])
  const [first] = lines
  expect(first!.hits).toHaveLength(30)
  expect(first!.exact).toBe(true)
  expect(first!.ms).toBeGreaterThanOrEqual(0)
  expect(first!.hits[0]).toMatchObject({
    article: expect.stringMatching(/^evening\/2013-01-30\/1#/) as string,
    title: 'evening',
    date: '2013-01-30',
    page: 'A01',
    headline: '第29天',
    snippet: expect.stringContaining('长江大桥通车') as string,
  })
})

it('reads queries from standard input, sorts and limits them', () => {
  const options = ['--queries', '-', '--json', '--sort', 'oldest', '--limit', '3', '--title', 'daily']
  const { lines } = banmian(['search', archive(), ...options], '大桥\n')
  expect(lines[0]!.hits.map(({ date }) => date)).toEqual(['2013-01-01', '2013-01-03', '2013-01-05'])
  expect(lines[0]!.total).toBe(15)
})

it('takes date for newest first and refuses what it does not know', () => {
  const { lines } = banmian([
    'search',
    archive(),
    '大桥',
    '--json',
    '--sort',
    'date',
    '--from',
    '2013-01-10',
    '--to',
    '2013-01-11',
  ])
  expect(lines[0]!.hits.map(({ date }) => date)).toEqual(['2013-01-11', '2013-01-10'])
  const january = banmian(['search', archive(), '大桥', '--json', '--from', '2013', '--to', '2013-01']).lines
  expect(january[0]!.total).toBe(30)
  expect(banmian(['search', archive(), '大桥', '--to', '2012']).out).toContain('0 articles')
  expect(banmian(['search', archive(), '大桥', '--title', 'no such paper']).code).toBe(3)
  expect(banmian(['search', archive(), '大桥', '--sort', 'constructor']).code).toBe(3)
  expect(banmian(['search', archive(), '大桥', '--limit', '0']).code).toBe(3)
  expect(banmian(['search', archive(), '大桥', '--queries', 'x']).code).toBe(3)
  expect(banmian(['search', archive()]).code).toBe(3)
})
