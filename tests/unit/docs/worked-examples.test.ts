import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { checkIssueDocument } from '../../../archive/issue-document.ts'
import type { IssueDocument } from '../../../archive/model.ts'
import { kioskTexts } from '../../../renderer/kiosk/kiosk-texts.ts'
import { texts } from '../../../renderer/texts.ts'
import { townHeraldImporter } from '../../fixtures/town-herald-importer.ts'
import { importWith, sourceOf } from '../archive/import/source-fixture.ts'

/** What the documents show is what there is: their examples run, their links lead somewhere, their keys work. */

const root = resolve(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n')
const documents = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]
const markdown = documents.filter((file) => file.endsWith('.md'))

function block(file: string, language: string): string {
  const found = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(read(file))?.[1]
  if (found === undefined) throw new Error(`${file} has no ${language}`)
  return found
}

it('shows an issue document that the archive takes', () => {
  const document = JSON.parse(block('docs/archive-format.md', 'json')) as IssueDocument
  expect(() => checkIssueDocument(document, 'docs/archive-format.md')).not.toThrow()
  expect(document.articles[0]?.pages).toEqual([document.pages[0]?.id])
})

it('shows an importer that is the one that was tried', () => {
  expect(block('docs/importers.md', 'ts')).toBe(read('tests/fixtures/town-herald-importer.ts'))
})

it('imports with it what the document says: pages, articles, and a bad file as a warning', async () => {
  const { issues, files, warnings } = await importWith(
    townHeraldImporter,
    sourceOf({
      '2013-01-10/02 副刊.txt': 'something else',
      '2013-01-10/01 要闻.txt': '# TOWN HERALD\n\n壮大产业集群\n第一段\n第二段\n\n冬闲人不闲\n大棚采收忙',
      '2013-01-11/01 要闻.txt': '# TOWN HERALD\n\n次日\n一段',
      'readme.txt': 'x',
    }),
  )
  for (const issue of issues) checkIssueDocument(issue, issue.date)
  expect(issues.map(({ date, pages }) => [date, pages.map(({ label, name }) => `${label} ${name}`)])).toEqual([
    ['2013-01-10', ['01 要闻', '02 副刊']],
    ['2013-01-11', ['01 要闻']],
  ])
  expect(issues[0]?.articles.map(({ headline, blocks }) => [headline, blocks.map(({ text }) => text)])).toEqual([
    ['壮大产业集群', ['第一段', '第二段']],
    ['冬闲人不闲', ['大棚采收忙']],
  ])
  expect(warnings.map(({ file, code }) => [file, code])).toEqual([['2013-01-10/02 副刊.txt', 'text-unreadable']])
  expect(files).toHaveLength(3)
  expect(await townHeraldImporter.recognise(sourceOf({ '2013-01-10/01 要闻.txt': '别的报纸' }))).toBeUndefined()
})

it.each(markdown)('has no link of %s that leads nowhere', (file) => {
  const links = [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(([, path = '']) => path)
  expect(links.filter((path) => !existsSync(join(root, dirname(file), path)))).toEqual([])
})

it('shows every picture that is kept for the documents', () => {
  const all = markdown.map(read).join('\n')
  const pictures = readdirSync(join(root, 'docs/pictures'))
  expect(pictures.filter((name) => !all.includes(`pictures/${name}`))).toEqual([])
})

const sources = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|vue)$/.test(file))
  .map((file) => readFileSync(join(root, 'renderer', file), 'utf8'))
const bound = sources.flatMap((text) => [
  ...[...text.matchAll(/\bkey: '((?:[^'\\]|\\.)+)'/g)].map(([, key = '']) => key),
  ...[...text.matchAll(/\bkeys="([^"]+)" scope=/g)].map(([, key = '']) => key),
])

it('names every key that is bound in the three languages', () => {
  const named = sources.flatMap((text) =>
    [...text.matchAll(/\bkey: '[^']+',\s*text: '([^']+)'/g)].map(([, key = '']) => key),
  )
  expect(named.length).toBeGreaterThan(60)
  const textOf = (tree: unknown, key: string): unknown =>
    key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], tree)
  for (const name of ['zh-Hans', 'zh-Hant', 'en'] as const) {
    const language = { ...texts[name], ...kioskTexts[name] }
    expect(named.filter((key) => typeof textOf(language, key) !== 'string')).toEqual([])
  }
  const scopes = sources.flatMap((text) => [...text.matchAll(/\buseKeys\('([^']+)'/g)].map(([, name = '']) => name))
  expect(scopes.filter((name) => typeof textOf(texts.en, `shell.scope.${name}`) !== 'string')).toEqual([])
})

it.each(['docs/guide.zh.md', 'docs/guide.en.md'])('tells in %s of no key that does nothing', (file) => {
  const rows = read(file)
    .split('\n')
    .filter((line) => /^\|/.test(line) && /`[^`]+`\s*\|\s*$|`[^`]+` \|/.test(line))
  const last = rows.map((line) => line.split('|').at(-2) ?? '')
  const keys = last.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key))
  const plain = (key: string) =>
    key
      .replace('←', 'ArrowLeft')
      .replace('→', 'ArrowRight')
      .replace('↑', 'ArrowUp')
      .replace('↓', 'ArrowDown')
      .replace('−', '-')
      .replace('Space', ' ')
      .replace('Esc', 'Escape')
      .toLowerCase()
  const known = new Set(bound.map((key) => key.toLowerCase()))
  // Keys of the platform's own controls.
  const platform = new Set(['tab', 'enter', 'alt+'])
  expect(keys.filter((key) => !known.has(plain(key)) && !platform.has(plain(key)))).toEqual([])
  expect(keys.length).toBeGreaterThan(20)
})
