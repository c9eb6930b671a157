import { existsSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeReport } from '../../../archive/archive-logs.ts'
import { examineSources } from '../../../archive/examining.ts'
import { importSources } from '../../../archive/importing.ts'
import { examinationReport } from '../../../archive/import-report.ts'
import { doubtsOf, thinIssues } from '../../../archive/issue-doubts.ts'
import { publicationGaps, restDays, stretches } from '../../../archive/publication-gaps.ts'
import { reportCsv, reportHtml } from '../../../archive/report.ts'
import { stateOf } from '../../fixtures/archive-state.ts'
import { banmian } from '../../fixtures/command-line.ts'
import { smallIssue } from '../../fixtures/issue-document.ts'
import { dayFolder, pdfOf, writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const days = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => new Date(Date.parse(first) + at * 86_400_000).toISOString().slice(0, 10))

describe('a dry run', () => {
  it('says what an import would bring, and writes nothing', async () => {
    const folder = temporaryFolder()
    const [mirror, archive] = [join(folder, 'mirror'), join(folder, 'archive')]
    await writeSmallMirror(mirror, ['2013-01-10', '2013-01-11'])
    unlinkSync(join(mirror, dayFolder('2013-01-11'), 'content_3.htm'))
    const before = stateOf(folder)
    const [found] = await examineSources([mirror], { target: archive })
    expect(stateOf(folder)).toEqual(before)
    expect(found).toMatchObject({ importers: ['founder'], issues: 2, pages: 4, articles: 8 })
    expect(found?.titles).toMatchObject([{ id: 'csrb', name: '测试日报', first: '2013-01-10', issues: 2, present: 0 }])
    expect(found?.warnings.map(({ code }) => code)).toContain('missing-article-page')
    const outcome = await importSources([mirror], archive)
    const { issues, pages, articles, zones, words } = outcome
    expect(found).toMatchObject({ issues, pages, articles, zones, words, bytes: outcome.bytes })
  })

  it('names issues that come twice or are there already, and goes on past a source that is none', async () => {
    const folder = temporaryFolder()
    const [one, two, archive] = [join(folder, 'one'), join(folder, 'two'), join(folder, 'archive')]
    await writeSmallMirror(one, ['2013-01-10'])
    await importSources([one], archive)
    await writeSmallMirror(one, ['2013-01-11'])
    await writeSmallMirror(two, ['2013-01-11'])
    writeFileSync(join(folder, 'letter.bin'), 'dear sir')
    const found = await examineSources([one, join(folder, 'letter.bin'), two], { target: archive })
    expect(found.map(({ problem }) => problem?.code)).toEqual([undefined, 'not-recognised', undefined])
    expect(found[0]?.warnings).toMatchObject([{ code: 'issue-exists', file: 'csrb/2013-01-10/1' }])
    expect(found[2]?.warnings).toMatchObject([{ code: 'double-issue', file: 'csrb/2013-01-11/1' }])
    expect(found[0]?.titles[0]?.present).toBe(1)
  })

  it('runs on the command line, with its report', async () => {
    const folder = temporaryFolder()
    const mirror = join(folder, 'mirror')
    await writeSmallMirror(mirror, ['2013-01-10'])
    rmSync(join(mirror, pdfOf('2013-01-10', 2)))
    const words = ['import', '--dry-run', mirror, join(folder, 'archive'), '--report', join(folder, 'report'), '--json']
    const { code, json } = banmian(words, { cache: join(folder, 'cache') })
    expect(code).toBe(0)
    expect(json).toMatchObject({ dryRun: true, sources: [{ issues: 1, pages: 2, articles: 4 }] })
    expect(existsSync(join(folder, 'archive'))).toBe(false)
    expect(readFileSync(join(folder, 'report.csv'), 'utf8')).toContain('csrb/2013-01-10/1')
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('测试日报')
  })
})

describe('a report', () => {
  it('never lets a spreadsheet compute, a page run, or a field break', async () => {
    const evil = '=HYPERLINK("http://x","y")'
    const part = {
      heading: 'h',
      empty: '',
      columns: ['a', 'b'],
      rows: [
        [evil, '<script>'],
        ['+1', 'x,"y"\nz'],
        ['-', -3],
      ],
    }
    const report = { heading: '@h', subject: '\tx', made: '2026-01-01T00:00:00.000Z', facts: [], parts: [part] }
    const csv = reportCsv(report)
    expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")",<script>`)
    expect(csv).toContain(`"'+1","x,""y""\nz"`)
    expect(csv).toContain(`"'-",-3`)
    expect(csv.replace(/^\uFEFF/, '')).not.toMatch(/(^|,|\n)[=+@\t]/)
    const html = reportHtml(report, 'en')
    expect(html).not.toContain('<script')
    expect(html).toContain('&#60;script&#62;')
    const [written] = await writeReport(join(temporaryFolder(), 'r'), report, 'en')
    expect(readFileSync(written!, 'utf8')).toBe(html)
  })

  it('says everything in the language asked for', async () => {
    const mirror = join(temporaryFolder(), 'mirror')
    await writeSmallMirror(mirror, ['2013-01-10'])
    unlinkSync(join(mirror, dayFolder('2013-01-10'), 'content_3.htm'))
    const csv = reportCsv(examinationReport(await examineSources([mirror]), '', 'zh-Hant'))
    expect(csv).toContain('預檢報告')
    expect(csv).toContain('未隨資料提供')
  })
})

describe('gaps', () => {
  it('are days whose weekday usually has an issue', () => {
    const daily = days('2020-01-01', 90).filter((day) => !['2020-02-12', '2020-02-13'].includes(day))
    expect(publicationGaps(daily)).toEqual(['2020-02-12', '2020-02-13'])
    const workdays = days('2020-01-01', 90).filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    expect(publicationGaps(workdays)).toEqual([])
    expect(restDays(workdays)).toEqual([6, 7])
    expect(publicationGaps(['2020-01-01', '2020-05-01'])).toEqual([])
    expect(publicationGaps([])).toEqual([])
  })

  it('are given as stretches', () => {
    expect(stretches(['2020-02-28', '2020-02-29', '2020-03-01', '2020-03-05'])).toEqual([
      ['2020-02-28', '2020-03-01'],
      ['2020-03-05', '2020-03-05'],
    ])
  })
})

describe('doubts', () => {
  const issue = smallIssue()
  const pages = (labels: string[]) => labels.map((label, at) => ({ ...issue.pages[0]!, id: `p${at}`, label }))
  const codes = (part: Partial<typeof issue>) => doubtsOf({ ...issue, ...part }, '2026-01-01').map(({ code }) => code)

  it('are dates that cannot be, leaps of page numbers, and issues without a word', () => {
    expect(codes({ date: '2031-01-01' })).toContain('doubtful-date')
    expect(codes({ date: '0213-01-01' })).toContain('doubtful-date')
    const leap = doubtsOf({ ...issue, pages: pages(['A01', 'A02', 'A04', 'B01']) }, '2026-01-01')
    expect(leap.find(({ code }) => code === 'doubtful-pages')?.message).toContain('A03')
    expect(codes({ pages: pages(['01', '02', '03']) })).not.toContain('doubtful-pages')
    expect(codes({ pages: pages(['31', '77']) })).not.toContain('doubtful-pages')
    expect(codes({ articles: [] })).toContain('doubtful-silence')
  })

  it('are issues much thinner than the others of their title', () => {
    const issues = [8, 8, 12, 8, 3, 8].map((count, at) => ({ name: `x/${at}/1`, pages: count }))
    expect(thinIssues(issues).map(({ file }) => file)).toEqual(['x/4/1'])
  })
})
