import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { parse, type SFCTemplateBlock } from 'vue/compiler-sfc'
import { texts } from '../../../renderer/texts.ts'

/** What the interface says stands in the texts of three languages: nothing beside them, and nothing in them for nobody. */

const root = resolve(import.meta.dirname, '../../..')

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.(ts|vue)$/.test(file) && !file.endsWith('-texts.ts') && !file.endsWith('.d.ts'))
    .sort()
}

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const renderer = filesOf('renderer')
const whole = renderer.map(read).join('\n')

type Tree = { [key: string]: string | Tree }

const keysOf = (tree: Tree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  )

it('has no text that nobody shows', () => {
  // `calendar.state.${state}` asks for every text of that form.
  const forms = [...whole.matchAll(/`([a-z][A-Za-z]*\.[^`\s]*\$\{[^`]*)`/g)].map(([, form = '']) => {
    const parts = form.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'))
    return new RegExp(`^${parts.join('[\\w-]+')}$`)
  })
  const unused = keysOf(texts.en).filter(
    (key) => !whole.includes(`'${key}'`) && !whole.includes(`"${key}"`) && !forms.some((form) => form.test(key)),
  )
  expect(unused).toEqual([])
})

/** Han and the punctuation of Chinese, or two letters of a word. */
const chinese = /[\p{Script=Han}\u3001-\u303f\uff00-\uff0f\uff1a-\uff1f“”‘’]/u
const said = /title|placeholder|alt|label|text|heading|name/
/** Spoken by a name that is no prose: an identifier, a name of a part, a unit. */
const word = /(?!\b(?:[kMG]B|ms|px)\b)\b\p{L}{2,}/u

/** Literals of a piece of code that hold Chinese; regular expressions and comments are no literals. */
function chineseLiterals(code: string): string[] {
  const plain = code.replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
  const literals = [...plain.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)].map(([all]) => all)
  return literals.filter((literal) => chinese.test(literal))
}

type TemplateNode = NonNullable<SFCTemplateBlock['ast']>['children'][number]

function inTemplate(node: TemplateNode): string[] {
  const source = node.loc.source
  if (source.startsWith('<!--')) return []
  if (!('tag' in node)) {
    if (source.startsWith('{{')) return chineseLiterals(source)
    return word.test(source) || chinese.test(source) ? [source] : []
  }
  const attributes = node.props.flatMap((prop) => {
    if ('exp' in prop) return chineseLiterals(prop.exp?.loc.source ?? '')
    const value = 'value' in prop ? (prop.value?.content ?? '') : ''
    const spoken = said.test(prop.name) && !/^(name|text-key|aria-labelledby)$/.test(prop.name)
    return (spoken && word.test(value)) || chinese.test(value) ? [`${prop.name}="${value}"`] : []
  })
  return [...attributes, ...node.children.flatMap(inTemplate)]
}

/** Data about Chinese, not words of the interface: what is read in papers, typed by people, or named in each language. */
const aboutChinese = [
  'electron/impersonal.ts',
  'electron/kiosk/nameless.ts',
  'electron/self-test.ts',
  'renderer/diagnostics/diagnostics-store.ts',
  'renderer/shared/appearances.ts',
  'renderer/shared/joined-article.ts',
  'renderer/shared/mark-text.ts',
  'renderer/shell/command-match.ts',
]
const isData = (file: string) => aboutChinese.includes(file) || /\/kiosk\/pinyin\//.test(file)

it('says nothing that is written into a component', () => {
  const found = renderer
    .filter((file) => file.endsWith('.vue'))
    .flatMap((file) => {
      const { descriptor } = parse(read(file))
      const nodes = descriptor.template?.ast?.children ?? []
      const script = [descriptor.script, descriptor.scriptSetup].map((block) => block?.content ?? '').join('\n')
      return [...nodes.flatMap(inTemplate), ...chineseLiterals(script)].map((text) => `${file}: ${text.trim()}`)
    })
  expect(found).toEqual([])
})

it('says nothing that is written into the code of the interface or of the program', () => {
  const code = [...renderer.filter((file) => file.endsWith('.ts')), ...filesOf('electron')]
  const found = code
    .filter((file) => !isData(file))
    .flatMap((file) => chineseLiterals(read(file)).map((text) => `${file}: ${text}`))
  // The title of a window that has not drawn anything yet: the product's own name.
  expect(found.filter((each) => !each.endsWith(": '版面 Banmian'"))).toEqual([])
})

it('shows no dialog of the system with words of its own', () => {
  const worded = /\b(?:message|detail|buttonLabel|nameFieldLabel)\s*:\s*['"`]/
  expect(filesOf('electron').filter((file) => worded.test(read(file)))).toEqual([])
})

it('finds what is planted', () => {
  const planted = `<template><p title="Open it">Some words {{ t('a.b') }} {{ \`\${x}（P）\` }}</p><i :alt="'图'" /></template>`
  const nodes = parse(planted).descriptor.template?.ast?.children ?? []
  expect(nodes.flatMap(inTemplate)).toEqual([
    'title="Open it"',
    expect.stringContaining('Some words'),
    '`${x}（P）`',
    "'图'",
  ])
  expect(chineseLiterals("// '注'\nconst a = '版'")).toEqual(["'版'"])
})
