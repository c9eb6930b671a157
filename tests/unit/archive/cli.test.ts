import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { banmian, expectFailure, type CommandLineRun } from '../../fixtures/command-line.ts'
import { articlesPerIssue, pagesPerIssue, pictureOf, writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { lastingFolder, temporaryFolder } from '../../fixtures/temporary-folder.ts'

const days = ['2013-01-10', '2013-01-11']
const count = expect.any(Number) as number
const text = expect.any(String) as string
let mirror = ''
let archive = ''
let cache = ''
let imported: CommandLineRun

/** Runs with `--json`: one line of JSON on standard output, nothing on standard error. */
function json(...words: string[]): unknown {
  const run = banmian([...words, '--json'], { cache })
  expect(run.stderr).toBe('')
  expect(run.stdout.trimEnd().split('\n')).toHaveLength(1)
  expect(run.json).toBeDefined()
  return run.json
}

beforeAll(async () => {
  const folder = lastingFolder()
  mirror = join(folder, 'mirror')
  archive = join(folder, 'archive')
  cache = join(folder, 'cache')
  await writeSmallMirror(mirror, days)
  rmSync(join(mirror, pictureOf('2013-01-11')))
  imported = banmian(['import', mirror, archive, '--json'], { cache })
})

describe('with --json', () => {
  it('import says what came in, and every warning', () => {
    expect(imported.stderr).toBe('')
    expect(imported.code).toBe(0)
    expect(imported.json).toEqual({
      issues: 2,
      pages: 2 * pagesPerIssue,
      articles: 2 * articlesPerIssue,
      zones: count,
      words: count,
      bytes: count,
      decisions: [],
      warnings: [
        {
          file: expect.stringContaining('2013-01-11_01.png') as string,
          code: 'missing-image',
          message: text,
          details: {},
        },
      ],
    })
  })

  it('info says what the archive holds', () => {
    expect(json('info', archive)).toEqual({
      format: 'banmian-archive',
      version: 1,
      titles: [
        {
          id: 'csrb',
          name: '测试日报',
          language: 'zh-Hans',
          first: '2013-01-10',
          last: '2013-01-11',
          issues: 2,
          pages: 2 * pagesPerIssue,
          articles: 2 * articlesPerIssue,
        },
      ],
      totals: { issues: 2, pages: 4, articles: 8, zones: count, words: count },
    })
  })

  it.each(['csrb/2013-01-10', 'csrb/2013-01-10/1'])('info --issue %s gives the document', (name) => {
    const document: unknown = JSON.parse(
      readFileSync(join(archive, 'data/issues/csrb/2013/2013-01-10_01.json'), 'utf8'),
    )
    expect(json('info', archive, '--issue', name)).toEqual(document)
  })

  it('search gives hits with page and boxes', () => {
    const found = json('search', archive, '集聚区')
    const hit = {
      article: 'csrb/2013-01-11/1#1',
      title: 'csrb',
      date: '2013-01-11',
      edition: 1,
      page: '01',
      headline: '奋力打造一流产业集聚区',
      snippet: expect.stringContaining('集聚区') as string,
    }
    expect(found).toMatchObject({
      query: '集聚区',
      total: 2,
      exact: true,
      ms: count,
      hits: [hit, { date: '2013-01-10' }],
    })
    const { hits } = found as { hits: { boxes: unknown[] }[] }
    for (const box of hits.flatMap(({ boxes }) => boxes)) {
      expect(box).toMatchObject({ page: text, x: count, y: count, w: count, h: count })
    }
  })

  it('search gives as many hits as asked, or all', () => {
    const hitsOf = (...words: string[]) =>
      json('search', archive, '2013', ...words) as { hits: unknown[]; total: number }
    expect(hitsOf('--limit', '3')).toMatchObject({ total: 8, hits: { length: 3 } })
    expect(hitsOf('--all')).toMatchObject({ total: 8, hits: { length: 8 } })
    expect(hitsOf('--all', '--from', '2013-01-11')).toMatchObject({ total: 4, hits: { length: 4 } })
    const refused = banmian(['search', archive, '2013', '--title', 'other', '--json'], { cache })
    expect(refused).toMatchObject({ code: 3, json: { error: { code: 'bad-request' } } })
  })

  it('verify says what is wrong, and exits with 4', async () => {
    expect(json('verify', archive)).toEqual({
      mode: 'full',
      resumed: 0,
      files: count,
      ok: true,
      damaged: [],
      missing: [],
      extra: [],
    })
    const damaged = join(temporaryFolder(), 'damaged')
    banmian(['import', mirror, damaged, '--no-index'], { cache })
    writeFileSync(join(damaged, 'data/issues/csrb/2013/2013-01-10_01.json'), '{')
    rmSync(join(damaged, 'data/issues/csrb/2013/2013-01-11_01.json'))
    writeFileSync(join(damaged, 'data/more'), '')
    const run = banmian(['verify', damaged, '--json'], { cache })
    expect(run).toMatchObject({
      code: 4,
      json: {
        files: count,
        ok: false,
        damaged: ['data/issues/csrb/2013/2013-01-10_01.json'],
        missing: ['data/issues/csrb/2013/2013-01-11_01.json'],
        extra: ['data/more'],
      },
    })
  })

  it('index says what is ready', () => {
    expect(json('index', archive)).toEqual({ issues: 2, pages: 4, articles: 8, zones: count, words: count })
  })
})

describe('without --json', () => {
  it('speaks to people', () => {
    expect(banmian(['info', archive], { cache }).stdout).toMatch(/^csrb {2}测试日报 {2}2013-01-10 – 2013-01-11/)
    expect(banmian(['search', archive, '图书馆'], { cache }).stdout).toContain('【图书馆】')
    expect(banmian(['verify', archive], { cache })).toMatchObject({ code: 0, stderr: '' })
  })

  it('says errors in the language of the person', () => {
    const run = banmian(['info', join(cache, 'nowhere')], { cache, language: 'zh_CN.UTF-8' })
    expect(run).toMatchObject({ code: 3, stdout: '' })
    expect(run.stderr).toMatch(/^banmian: not-found: 找不到/)
  })
})

describe('wrong use', () => {
  it.each([
    ['an unknown option', ['info', 'x', '--colour']],
    ['an unknown command', ['burn', 'x']],
    ['no archive', ['search']],
    ['a source alone', ['import', 'x']],
    ['nothing at all', []],
  ])('exits with 2 for %s', (_what, words) => {
    const run = banmian(words, { cache })
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).not.toBe('')
  })

  it('exits with 3 and a code for what cannot be meant', () => {
    expectFailure(['info', archive, '--issue', 'csrb/1999-01-01'], 'unknown-issue', { cache })
    expectFailure(['info', archive, '--issue', 'csrb/2013-01-10/first'], 'unknown-issue', { cache })
    expectFailure(['search', archive, '2013', '--from', 'yesterday'], 'bad-request', { cache })
    expectFailure(['search', archive, ''], 'bad-query', { cache })
  })
})
