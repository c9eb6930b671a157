import { expect, it } from 'vitest'
import type { Block } from '../../../../archive/model.ts'
import type { ArticleView } from '../../../../electron/bridge/views.ts'
import { bodyOfPart, joinedParts } from '../../../../renderer/shared/joined-article.ts'
import { sameLength } from '../../../../renderer/article/script-display.ts'

function part(id: string, links: Pick<ArticleView, 'continuedBy' | 'continuedFrom'>): ArticleView {
  const issue = { title: 't', date: '2013-01-10', edition: 1 }
  const rest = { titleName: '', language: 'zh', blocks: [], photos: [], places: [] }
  return { id, kind: 'article', headline: id, pages: [], length: 0, issue, ...rest, ...links }
}

const all = new Map(
  [
    part('a', { continuedBy: 'b' }),
    part('b', { continuedFrom: 'a', continuedBy: 'c' }),
    part('c', { continuedFrom: 'b', continuedBy: 'gone' }),
    part('round', { continuedBy: 'round' }),
  ].map((one) => [one.id, one]),
)

async function joined(id: string): Promise<string[]> {
  const read = async (wanted: string): Promise<ArticleView> => {
    const found = all.get(wanted)
    if (!found) throw new Error(`no ${wanted}`)
    return found
  }
  return (await joinedParts(await read(id), read)).map((one) => one.id)
}

it('joins the parts from wherever the article was opened', async () => {
  for (const id of ['a', 'b', 'c']) expect(await joined(id)).toEqual(['a', 'b', 'c'])
  expect(await joined('round')).toEqual(['round'])
})

const paragraphs = (...texts: string[]): Block[] => texts.map((text) => ({ kind: 'paragraph', text }))

it('leaves out the printed lines to other pages, but only where both sides are joined', () => {
  const body = paragraphs('（上接第01版）新年伊始。', '路转峰回（见图）。', '请看下文。（下转第03版）')
  expect(bodyOfPart(body, { before: false, after: false })).toEqual(body)
  expect(bodyOfPart(body, { before: true, after: true }).map(({ text }) => text)).toEqual([
    '新年伊始。',
    '路转峰回（见图）。',
    '请看下文。',
  ])
  expect(bodyOfPart(paragraphs('正文。', '(下转 A03 版)'), { before: false, after: true })).toHaveLength(1)
})

it('converts without moving anything', () => {
  expect(sameLength('头发', () => '頭髮')).toBe('頭髮')
  expect(sameLength('软件好', (text) => text.replace('软件', '軟體套件').replace('好', '恏'))).toBe('软件恏')
})
