import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { articleLinesImporter } from '../../../../archive/import/article-lines.ts'
import { isoDateOf } from '../../../../archive/import/article-date.ts'
import { parseArticleLine } from '../../../../archive/import/article-line.ts'
import type { ImportEvent } from '../../../../archive/import/importer.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import type { IssueDocument } from '../../../../archive/model.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'

async function readAll(path: string): Promise<{ issues: IssueDocument[]; events: ImportEvent[] }> {
  const source = await openSource(path)
  const recognition = await articleLinesImporter.recognise(source)
  const events: ImportEvent[] = []
  for await (const event of articleLinesImporter.read(source, recognition!, {})) events.push(event)
  const issues = events.flatMap((event) => (event.type === 'issue' ? [event.issue] : []))
  for (const issue of issues) checkIssueDocument(issue, issue.date)
  return { issues, events }
}

function fileOf(lines: unknown[], name = '焦城日报.jsonl'): string {
  const file = join(temporaryFolder(), name)
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text)
  return file
}

const spilled = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('banmian-lines-'))

it.each(['lines.jsonl', 'lines.jsonl.gz'])('makes issues of lines in any order: %s', async (name) => {
  const before = spilled()
  const { issues } = await readAll(
    fileOf(
      [
        { date: '2013-01-11', page: 'A02', title: '第二天', body: '甲\n乙' },
        { date: '2013-01-10', page: '第A10版：体育', title: '球赛', body: ['丙'] },
        {
          date: '2013-01-10',
          page: 2,
          title: '要闻',
          body: '丁',
          author: '本报记者 王五',
          weather: '晴',
          tags: ['a', 'b'],
        },
        { date: '2013-01-11', pageLabel: 'A2', page: 9, headline: '同一版', title: '焦城晚报', body: '戊' },
      ],
      name,
    ),
  )
  expect(issues.map(({ title, date }) => [title.name, date])).toEqual([
    ['lines', '2013-01-10'],
    ['lines', '2013-01-11'],
    ['焦城晚报', '2013-01-11'],
  ])
  expect(issues[0]!.title.id).toBe('lines')
  expect(issues[0]!.pages.map(({ id, label, name: shown }) => [id, label, shown])).toEqual([
    ['p1', '2', undefined],
    ['p2', 'A10', '体育'],
  ])
  const [first, second] = issues[0]!.articles
  expect(first).toMatchObject({ headline: '球赛', pages: ['p2'] })
  expect(second).toMatchObject({ byline: '本报记者 王五', metadata: { weather: '晴', tags: ['a', 'b'] } })
  expect(issues[1]!.articles[0]!.blocks.map(({ text }) => text)).toEqual(['甲', '乙'])
  expect(issues[2]!.articles[0]).toMatchObject({ headline: '同一版' })
  expect(issues[2]!.pages[0]!.label).toBe('A2')
  expect(issues[0]!.origins).toEqual({ '*': { file: name, at: 'line 2' } })
  expect(second!.origins).toEqual({ '*': { file: name, at: 'line 3' } })
  expect(spilled()).toEqual(before)
})

it('says which keys win', () => {
  const both = parseArticleLine(
    '{"date":"2013-01-10","headline":"头条","title":"副本","paper":"焦城日报","text":"x","content":"y"}',
  )
  expect(both).toMatchObject({ paper: '焦城日报', article: { headline: '头条' }, paragraphs: ['y'] })
  expect(both.metadata).toEqual({ title: '副本', text: 'x' })
  const odd = parseArticleLine('{"date":"2013-01-10","title":"a","__proto__":{"x":1},"kind":"no","id":"../x"}')
  expect(odd.article.kind).toBe('article')
  expect(odd.id).toBeUndefined()
  expect(Object.keys(odd.metadata).sort()).toEqual(['__proto__', 'id', 'kind'])
})

it.each([
  ['2013/1/5', '2013-01-05'],
  ['2013年1月5日', '2013-01-05'],
  ['20130105', '2013-01-05'],
  [20130105, '2013-01-05'],
  ['2013-01-05T10:00:00Z', '2013-01-05'],
  ['２０１３年０１月０５日', '2013-01-05'],
  ['2013 年 1 月 5 日 星期六', '2013-01-05'],
  ['二〇一三年十二月二十五日', '2013-12-25'],
  ['二○一三年一月十日', '2013-01-10'],
  ['Sat, 05 Jan 2013 10:00:00 GMT', '2013-01-05'],
  ['January 5th, 2013', '2013-01-05'],
  ['05.01.2013', '2013-01-05'],
  ['2013-02-31', undefined],
  ['31 February 2013', undefined],
  ['13-1-5', undefined],
  [null, undefined],
])('reads the date %s', (date, expected) => {
  expect(isoDateOf(date)).toBe(expected)
})

it.each([
  ['小标题\n正文在此。\n\n第二段，没有句号', ['小标题', '正文在此。', '第二段，没有句号']],
  ['会议闭幕。各地干部\n群众认真学习。\r\n  新段', ['会议闭幕。各地干部群众认真学习。', '新段']],
  ['He came. An inter-\nnational meeting was\nheld.', ['He came. An international meeting was held.']],
  ['Land-\nund Forst', ['Land-', 'und Forst']],
  [`${'今年以来各地认真学习贯彻'}\n`.repeat(5) + '完。', ['今年以来各地认真学习贯彻'.repeat(5) + '完。']],
  ['床前明月光\n疑是地上霜\n举头望明月\n低头思故乡', ['床前明月光', '疑是地上霜', '举头望明月', '低头思故乡']],
  ['经济要闻一二三\n　　今天。会议\n　　开幕。', ['经济要闻一二三', '今天。会议', '开幕。']],
])('joins the lines that a sentence or a word runs over: %j', (body, expected) => {
  expect(parseArticleLine(JSON.stringify({ date: '2013-01-10', title: '题', body })).paragraphs).toEqual(expected)
})

it('warns of bad lines by their number and keeps the others', async () => {
  const good = { date: '2013-01-10', title: '好', body: '的' }
  const { issues, events } = await readAll(
    fileOf([good, '{"date":', '', '[]', { title: '无日期' }, { date: '2013-01-10' }, good, '\ufffd\u0000']),
  )
  expect(issues[0]!.articles).toHaveLength(2)
  // The same line twice is two articles.
  expect(new Set(issues[0]!.articles.map(({ id }) => id)).size).toBe(2)
  const warned = events.flatMap((event) => (event.type === 'warning' ? [event.warning] : []))
  expect(warned.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => 'bad-line'))
  expect(warned.map(({ message }) => /Line (\d+)/.exec(message)?.[1])).toEqual(['2', '4', '5', '6', '8'])
})

it('keeps what comes before the cut of a packed file', async () => {
  const file = fileOf([], 'cut.jsonl.gz')
  const lines = Array.from({ length: 3_000 }, (_, n) =>
    JSON.stringify({ date: '2013-01-10', title: `第${n}篇`, body: String(Math.sin(n)) }),
  )
  const packed = gzipSync(lines.join('\n'))
  writeFileSync(file, packed.subarray(0, packed.length - 2_000))
  const { issues, events } = await readAll(file)
  expect(issues[0]!.articles.length).toBeGreaterThan(1_000)
  expect(events.some((event) => event.type === 'warning' && event.warning.code === 'text-unreadable')).toBe(true)
})

it('divides a day that no document can hold', async () => {
  const lines = Array.from({ length: 10_500 }, (_, n) => ({ date: '2013-01-10', title: `第${n}篇` }))
  const { issues } = await readAll(fileOf([...lines, { date: '2013-01-10', title: '另', edition: 2 }]))
  expect(issues.map(({ edition, articles }) => [edition, articles.length])).toEqual([
    [1, 10_000],
    [3, 500],
    [2, 1],
  ])
})

it('leaves other JSON Lines alone', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'a'))
  writeFileSync(join(folder, 'a/log.jsonl'), '{"level":"info"}\n{"level":"warn"}\n')
  expect(await articleLinesImporter.recognise(await openSource(folder))).toBeUndefined()
})
