import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ArchiveError } from '../../../archive/errors.ts'
import type { IssueView, OpenedArchive } from '../../../electron/bridge/views.ts'
import { meantBy, openRequests, placeIn, requestedWord } from '../../../electron/open-requests.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const identity = '0123456789abcdef'
const opened: OpenedArchive = {
  id: 'fedcba9876543210',
  identity,
  name: 'A',
  path: '/a',
  state: 'ready',
  titles: [],
  totals: { issues: 0, pages: 0, articles: 0, zones: 0, words: 0 },
}
const page = (id: string, label: string) => ({ id, label, name: '', width: 1, height: 1, zones: [] })
const issue: IssueView = {
  title: 'jcrb',
  date: '2013-01-10',
  edition: 1,
  titleName: '焦城日报',
  language: 'zh-Hans',
  pages: [page('p1', '01'), page('p2', '02'), page('p3', '02'), page('p4', '')],
  articles: [{ id: 'a1', kind: 'article', headline: '甲', pages: ['p3', 'p1'], length: 1 }],
  warnings: 0,
  rightToLeft: false,
}

function requests(found: OpenedArchive | undefined, read: () => Promise<IssueView> = async () => issue) {
  const openPath = vi.fn(async (path: string) => ({ ...opened, path }))
  const library = { openIdentity: async () => found, ask: <Answer>(_id: string, ask: () => Promise<Answer>) => ask() }
  return { openPath, ...openRequests({ library, answers: { readIssue: read }, openPath, prepare: () => undefined }) }
}

describe('a word from outside', () => {
  it('that is a folder is opened as one', async () => {
    const { open, openPath } = requests(undefined)
    expect(await open('/some/where')).toEqual({ archive: { ...opened, path: '/some/where' } })
    expect(openPath).toHaveBeenCalledWith('/some/where')
  })

  it('that is a link leads to its page, article, hit and part of the page', async () => {
    const { open } = requests(opened)
    const link = `banmian://${identity}/jcrb/2013-01-10/02?id=p3&article=a1&q=x&hit=2&xywh=percent:10,20,30,40`
    expect((await open(link)).place).toEqual({
      issue: { title: 'jcrb', date: '2013-01-10', edition: 1 },
      page: 'p3',
      article: 'a1',
      q: 'x',
      hit: 2,
      view: '0.1000,0.2000,0.3000,0.4000',
    })
    expect((await open(`banmian://${identity}/jcrb`)).place).toEqual({ title: 'jcrb', q: undefined })
  })

  it('that is a link into another archive says which one is needed', async () => {
    const { open } = requests(undefined)
    await expect(open(`banmian://${identity}/jcrb?name=%E7%84%A6%E5%9F%8E`)).rejects.toMatchObject({
      code: 'unknown-archive',
      details: { archive: identity, name: '焦城' },
    })
    await expect(open('banmian://nonsense')).rejects.toMatchObject({ code: 'bad-link' })
  })

  it('opens the archive alone while its catalogue is being made', async () => {
    const { open } = requests(opened, () => Promise.reject(new ArchiveError('no-index', { file: 'x' })))
    expect(await open(`banmian://${identity}/jcrb/2013-01-10/01`)).toEqual({ archive: opened })
  })
})

describe('the page of a link', () => {
  const link = { archive: identity }
  it.each([
    [{ page: '01' }, { page: 'p1' }],
    [{ page: '02' }, { page: 'p2' }],
    [{ page: '02', pageId: 'p3' }, { page: 'p3' }],
    // Imported again, the ids may be others; the label is what is printed.
    [{ page: '02', pageId: 'p9' }, { page: 'p2' }],
    [{ page: 'p4' }, { page: 'p4' }],
    [{ article: 'a1' }, { page: 'p3', article: 'a1' }],
    [{}, {}],
  ])('%j', (part, expected) => expect(placeIn(issue, { ...link, ...part })).toEqual(expected))

  it('that is not in the issue is named', () => {
    expect(() => placeIn(issue, { ...link, page: '77' })).toThrow(expect.objectContaining({ code: 'unknown-page' }))
    expect(() => placeIn(issue, { ...link, article: 'x' })).toThrow(
      expect.objectContaining({ code: 'unknown-article' }),
    )
  })
})

it('finds the word on a command line among switches', () => {
  const link = `banmian://${identity}`
  const packaged = { folder: '/home', packaged: true }
  expect(requestedWord(['banmian', '--lang=zh', 'a'], packaged)).toBe('/home/a')
  expect(requestedWord(['banmian', link, '--flag'], packaged)).toBe(link)
  expect(requestedWord(['electron', '.', '--no-sandbox', link], { folder: '/', packaged: false })).toBe(link)
  expect(requestedWord(['banmian'], packaged)).toBeUndefined()
})

it('takes a link file for its link and the declaration for its archive', () => {
  const folder = temporaryFolder()
  const link = join(folder, 'front page.banmian')
  writeFileSync(link, `\uFEFFbanmian://${identity}/jcrb/2013-01-10\r\nwhat it shows\n`)
  expect(meantBy(link)).toBe(`banmian://${identity}/jcrb/2013-01-10`)
  expect(meantBy(join(folder, 'banmian.json'))).toBe(folder)
  for (const text of ['https://example.org/', '', 'x'.repeat(10_000)]) {
    writeFileSync(link, text)
    expect(meantBy(link)).toBe(link)
  }
  expect(meantBy(join(folder, 'absent.banmian'))).toBe(join(folder, 'absent.banmian'))
  expect(meantBy(folder)).toBe(folder)
})
