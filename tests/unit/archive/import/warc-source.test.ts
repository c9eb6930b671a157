import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WARCRecord, WARCSerializer } from 'warcio'
import { beforeEach, describe, expect, it } from 'vitest'
import { founderImporter } from '../../../../archive/import/founder.ts'
import { openSource } from '../../../../archive/import/open-source.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'
import { writeZip } from '../../../fixtures/zip-writer.ts'
import { importWith } from './source-fixture.ts'

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})

interface Answer {
  status?: number
  type?: string
}

async function warcOf(
  pages: [address: string, content: string | Uint8Array, answer?: Answer][],
  gzip: boolean,
): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for (const [url, content, { status = 200, type = 'text/html' } = {}] of pages) {
    const bytes = Buffer.from(content)
    const options = {
      url,
      date: '2017-10-16T00:00:00Z',
      type: 'response' as const,
      httpHeaders: { 'content-type': type },
      statusline: `HTTP/1.1 ${status} OK`,
    }
    const record = WARCRecord.create(options, [bytes])
    pieces.push(await WARCSerializer.serialize(record, { gzip }))
  }
  return Buffer.concat(pieces)
}

const host = 'http://paper.example.com'
const layout = (
  page: number,
): string => `<map name=pagepicmap><area shape=rect coords="0,0,50,50" href=content_${page}.htm?div=-1></map>
  <img src=../../../images/${page}.jpg usemap=#pagepicmap width=100 height=150>
  <a id=pageLink href=node_1.htm>第01版：要闻</a><a id=pageLink href=node_2.htm>第02版：文化</a>
  <a href=content_${page}.htm?div=-1><div>标题${page}</div></a>2017年10月16日`
const article = (page: number): string => `<!--<npm:article-title>-->标题${page}<!--</npm:article-title>-->
  <div id=ozoom><!--enpcontent--><P>　　第${page}版的正文。</P><!--/enpcontent--></div>`

const crawl: Parameters<typeof warcOf>[0] = [
  [`${host}/jxrb/html/2017-10/16/node_1.htm`, layout(1)],
  [`${host}/jxrb/html/2017-10/16/node_2.htm`, layout(2)],
  [`${host}/jxrb/html/2017-10/16/node_2.htm`, 'a later answer'],
  [`${host}/jxrb/html/2017-10/16/node_3.htm`, 'not found', { status: 404 }],
  [`${host}/jxrb/html/2017-10/16/content_1.htm?div=-1`, article(1)],
  [`${host}/jxrb/html/2017-10/16/content_2.htm?div=-1`, Buffer.from(article(2))],
  [`${host}/jxrb/images/1.jpg`, Buffer.from([0xff, 0xd8, 0xff]), { type: 'image/jpeg' }],
  [`${host}/a/..%2f..%2fetc/passwd`, 'x'],
  ['dns:paper.example.com', 'x'],
]

describe('a WARC file of a 数字报 site', () => {
  it.each(['site.warc', 'site.warc.gz'])('%s is read as the mirror it was made of', async (name) => {
    writeFileSync(join(folder, name), await warcOf(crawl, name.endsWith('.gz')))
    const source = await openSource(join(folder, name))
    expect(source.files).toEqual([
      'paper.example.com/jxrb/html/2017-10/16/content_1.htm?div=-1',
      'paper.example.com/jxrb/html/2017-10/16/content_2.htm?div=-1',
      'paper.example.com/jxrb/html/2017-10/16/node_1.htm',
      'paper.example.com/jxrb/html/2017-10/16/node_2.htm',
      'paper.example.com/jxrb/images/1.jpg',
    ])
    expect(source.refused).toEqual([`${host}/a/..%2f..%2fetc/passwd`, 'dns:paper.example.com'])
    const { issues, warnings } = await importWith(founderImporter, source)
    expect(issues.map(({ title, date, pages }) => [title.id, date, pages.map(({ label }) => label)])).toEqual([
      ['jxrb', '2017-10-16', ['01', '02']],
    ])
    expect(issues[0]?.articles.map(({ blocks }) => blocks[0]?.text)).toEqual(['第1版的正文。', '第2版的正文。'])
    expect(warnings.map(({ code }) => code)).toEqual(['missing-image'])
    await source.close()
  })

  it('stands beside others in a folder, or in a WACZ', async () => {
    writeFileSync(join(folder, 'one.warc.gz'), await warcOf(crawl.slice(0, 2), true))
    writeFileSync(join(folder, 'two.warc'), await warcOf(crawl.slice(4, 6), false))
    const source = await openSource(folder)
    const { issues } = await importWith(founderImporter, source)
    expect(issues[0]?.articles.map(({ blocks }) => blocks.length)).toEqual([1, 1])
    const wacz = join(folder, 'site.wacz')
    writeFileSync(wacz, writeZip([{ name: 'archive/data.warc.gz', content: await warcOf(crawl, true) }]))
    const inside = await openSource(wacz)
    expect((await importWith(founderImporter, inside)).issues).toHaveLength(1)
    await inside.close()
  })

  it('that is cut off gives what came before', async () => {
    const path = join(folder, 'cut.warc.gz')
    const whole = await warcOf(crawl, true)
    writeFileSync(path, whole)
    truncateSync(path, Math.floor(whole.length * 0.6))
    const source = await openSource(path)
    expect(source.files.length).toBeGreaterThan(1)
    for (const file of source.files) expect((await source.bytes(file)).length).toBeGreaterThan(0)
    writeFileSync(path, 'no WARC at all')
    await expect(openSource(path)).rejects.toMatchObject({
      code: expect.stringMatching(/unreadable-file|empty-folder/) as string,
    })
  })
})
