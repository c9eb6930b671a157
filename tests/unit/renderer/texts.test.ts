import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { eventNames } from '../../../electron/bridge/contract.ts'
import { kioskTexts } from '../../../renderer/kiosk/kiosk-texts.ts'
import { texts as staffTexts } from '../../../renderer/texts.ts'

const folder = resolve(import.meta.dirname, '../../../renderer')

/** The reading-room screen adds its own to those of the staff's app. */
const texts = {
  'zh-Hans': { ...staffTexts['zh-Hans'], ...kioskTexts['zh-Hans'] },
  'zh-Hant': { ...staffTexts['zh-Hant'], ...kioskTexts['zh-Hant'] },
  en: { ...staffTexts.en, ...kioskTexts.en },
}

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...leaves(value, `${prefix}${key}.`)],
    ),
  )
}

function sources(path: string): string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => sources(join(path, name)))
  return /\.(ts|vue)$/.test(path) && !path.endsWith('-texts.ts') ? [path] : []
}

const events = new Set<string>(eventNames)
const simplified = leaves(texts['zh-Hans'])
const traditional = leaves(texts['zh-Hant'])
const english = leaves(texts.en)
const named = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

it('has the same texts in the three languages', () => {
  expect([...traditional.keys()]).toEqual([...simplified.keys()])
  expect([...english.keys()]).toEqual([...simplified.keys()])
})

it('fills the same blanks in the three languages', () => {
  for (const [key, text] of simplified) {
    expect(named(traditional.get(key) ?? ''), key).toEqual(named(text))
    expect(named(english.get(key) ?? ''), key).toEqual(named(text))
  }
})

it('leaves no text empty', () => {
  for (const all of [simplified, traditional, english]) {
    for (const [key, text] of all) expect(text.trim(), key).not.toBe('')
  }
})

it('has every text that the interface asks for by its whole name', () => {
  const features = Object.keys(texts.en).join('|')
  // In single quotes: double ones hold expressions in templates.
  const pattern = new RegExp(`'((?:${features})\\.[A-Za-z0-9.]+)'`, 'g')
  const missing = sources(folder).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)]
      .map((match) => match[1] ?? '')
      .filter((key) => !english.has(key) && !events.has(key))
      .map((key) => `${file}: ${key}`),
  )
  expect(missing).toEqual([])
})
