import { dateIn } from './date-text.ts'
import { pictureFile } from './picture-files.ts'
import { isGeneralFolder } from './title-id.ts'

/** What a pattern reads from the path of a file. */
export interface NameParts {
  title?: string
  /** ISO date. */
  date?: string
  edition?: number
  /** Page label as it stands in the name, without zeros in front of plain numbers: `1`, `A02`. */
  page?: string
  /** Name of a supplement or section. */
  section?: string
  /** Number of the issue. */
  number?: string
}

/** A path and what a pattern makes of it; `problem` says why nothing. */
export interface PatternRow extends NameParts {
  file: string
  problem?: 'no-match' | 'no-real-date'
}

/** What is wrong with a pattern itself: in which part of it, when it is one. */
export interface PatternFault {
  fault: 'empty' | 'too-long' | 'stands-alone' | 'unknown-part' | 'too-many-texts'
  part: string
}

export interface PatternPreview {
  rows: PatternRow[]
  /** Paths that the pattern understands. */
  understood: number
  /** Why the pattern itself cannot be used. */
  problem?: PatternFault
}

/** The parts a pattern may have, each with what it stands for. Text and `*` never reach over a folder. */
const partPatterns: Record<string, string> = {
  title: '[^/]+?',
  section: '[^/]+?',
  any: '[^/]*?',
  yyyy: '(?:1[5-9]|20)\\d{2}',
  yy: '\\d{2}',
  mm: '(?:0?[1-9]|1[0-2])',
  dd: '(?:0?[1-9]|[12]\\d|3[01])',
  date: '(?:1[5-9]|20)\\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\\d|3[01])',
  edition: '\\d{1,3}',
  number: '\\d{1,6}',
  // Letters are the label's own only where no others stand before them: `page01` is page 1. `0001+0004` is one scan.
  page: '(?:(?:(?<![A-Za-z])[A-Za-z]{1,3})?\\d{1,4}(?:\\+\\d{1,4})?[A-Za-z]?|[一二三四五六七八九十]{1,3})',
}

const fullLength: Record<string, string> = {
  mm: '(?:0[1-9]|1[0-2])',
  dd: '(?:0[1-9]|[12]\\d|3[01])',
  edition: '\\d{2}',
}

/** Parts that take any text: more of them in one pattern would make a file's name ambiguous and matching slow. */
const mostTexts = 3
const longestPattern = 300

interface Compiled {
  expression: RegExp
  names: string[]
  /** True when it is matched without the extensions of a name: `.tif`, `.xml.gz`. */
  isBare: boolean
}

const extensions = /(?:\.[A-Za-z][A-Za-z\d]{0,4}){1,2}$/

function compile(pattern: string): Compiled | PatternFault {
  const plain = pattern.trim().replace(/^\/+/, '')
  if (plain === '') return { fault: 'empty', part: '' }
  if (plain.length > longestPattern) return { fault: 'too-long', part: String(longestPattern) }
  const names: string[] = []
  let problem: PatternFault | undefined
  let texts = 0
  const expression = plain.replace(/\{([^{}]*)\}|\*|[^{}*]+|[{}]/g, (piece, name: string | undefined, at: number) => {
    if (piece === '{' || piece === '}') problem ??= { fault: 'stands-alone', part: piece }
    if (piece === '*' || name === 'any' || name === 'title' || name === 'section') texts++
    if (piece === '*') return partPatterns['any'] ?? ''
    if (name === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    // Digits that touch other parts have their full length: `{yyyy}{mm}{dd}{edition}`.
    const touches = plain[at - 1] === '}' || plain[at + piece.length] === '{'
    const part = touches
      ? (fullLength[name.toLowerCase()] ?? partPatterns[name.toLowerCase()])
      : partPatterns[name.toLowerCase()]
    if (part === undefined) problem ??= { fault: 'unknown-part', part: piece }
    // Behind a free text the digits of a page are all there are: of `4479035` nobody knows which part is one.
    const isAfterText = texts > 0 && !/^(?:yyyy|yy|mm|dd|date|edition|number)$/.test(names.at(-1) ?? '')
    names.push(name.toLowerCase())
    return name.toLowerCase() === 'page' && isAfterText ? `((?<!\\d)${part ?? ''})` : `(${part ?? ''})`
  })
  if (texts > mostTexts) problem ??= { fault: 'too-many-texts', part: String(mostTexts) }
  if (problem) return problem
  // Without an extension any will do; folders in front of the pattern do not matter.
  const isBare = !/\.[a-z\d]{2,5}$/i.test(plain)
  return { expression: new RegExp(`(?:^|/)${expression}$`, 'i'), names, isBare }
}

/** A part that stands twice must be the same both times, as the year in `{yyyy}/{yyyy}-{mm}-{dd}`. */
function valuesOf(names: readonly string[], found: RegExpExecArray): Map<string, string> | undefined {
  const values = new Map<string, string>()
  for (const [index, name] of names.entries()) {
    const value = found[index + 1] ?? ''
    const before = values.get(name)
    if (before !== undefined && Number(before) !== Number(value) && before !== value) return undefined
    values.set(name, value)
  }
  return values
}

function partsOf(values: ReadonlyMap<string, string>): NameParts | 'no-real-date' {
  const parts: NameParts = {}
  const [title, section, page, edition, number] = ['title', 'section', 'page', 'edition', 'number'].map((name) =>
    values.get(name),
  )
  const year =
    values.get('yyyy') ??
    (values.has('yy') ? `${Number(values.get('yy')) < 50 ? '20' : '19'}${values.get('yy') ?? ''}` : undefined)
  const whole = values.get('date')?.replace(/[-_.]/g, '')
  const said =
    whole ??
    (year && values.has('mm') && values.has('dd')
      ? `${year}-${values.get('mm') ?? ''}-${values.get('dd') ?? ''}`
      : undefined)
  if (said !== undefined) {
    const date = dateIn(said)
    if (date === undefined) return 'no-real-date'
    parts.date = date
  }
  const plain = (text: string): string => text.replace(/[_]+/g, ' ').trim()
  // A folder called `scans` is no newspaper.
  if (title && !isGeneralFolder(title)) parts.title = plain(title)
  if (section) parts.section = plain(section)
  if (page) parts.page = page.replace(/(?<![\dA-Za-z])0+(?=\d)/g, '')
  if (number) parts.number = String(Number(number))
  if (edition && Number(edition) > 0) parts.edition = Number(edition)
  return parts
}

function read(path: string, { expression, names, isBare }: Compiled): PatternRow {
  const found = expression.exec(isBare ? path.replace(extensions, '') : path)
  const values = found && valuesOf(names, found)
  if (!values) return { file: path, problem: 'no-match' }
  const parts = partsOf(values)
  return typeof parts === 'string' ? { file: path, problem: parts } : { file: path, ...parts }
}

/**
 * What a pattern such as `{title}/{yyyy}-{mm}-{dd}/{page}.tif` makes of paths. Parts: `{title}`, `{section}`, `{date}`
 * (with or without separators), `{yyyy}`, `{yy}`, `{mm}`, `{dd}`, `{edition}`, `{number}`, `{page}`, `{any}` or `*`. A pattern is
 * matched from the end of the path; without an extension it takes every one. Never throws.
 */
export function previewPattern(names: readonly string[], pattern: string): PatternPreview {
  const compiled = compile(pattern)
  if ('fault' in compiled) return { rows: [], understood: 0, problem: compiled }
  const rows = names.map((path) => read(path, compiled))
  return { rows, understood: rows.filter((row) => row.problem === undefined).length }
}

/** Tried in this order: the finest that understands most of the names wins. */
const common = [
  '{title}/{yyyy}/{yyyy}-{mm}-{dd}/{page}',
  '{title}/{yyyy}/{mm}/{dd}/{page}',
  '{title}/{yyyy}/{mm}/{dd}/{any}{page}',
  '{title}/{yyyy}年/{mm}月/{dd}日/{page}',
  '{title}/{yyyy}年{mm}月{dd}日/第{page}版',
  '{title}/{yyyy}年{mm}月{dd}日/{page}',
  '{title}{yyyy}年{mm}月{dd}日第{page}版',
  '{title}{yyyy}年{mm}月{dd}日{any}{page}',
  '{title}/{yyyy}{mm}{dd}{edition}/{page}',
  '{title}/{date}/{page}',
  '{title}/{date}_{edition}/{page}',
  '{title}/{date}/{any}{page}',
  '{title}/{date}_{page}',
  '{title}/{date}-{page}',
  '{title}/{date}_{edition}-{page}',
  '{title}_{date}_{edition}_{page}',
  '{title}_{number}_{date}_{page}',
  '{title}_{date}_{page}',
  '{title}-{date}-{page}',
  '{title}{date}-{page}',
  '{title}_{any}_{date}_{page}',
  '{title}_{date}_{any}{page}',
  '{title}{yyyy}{mm}{dd}{page}',
  '{date}_{edition}-{page}',
  '{date}_{page}',
  '{date}-{page}',
  '{date}/{page}',
  '{date}/{any}_{page}',
  '{any}{date}{any}_{page}',
  '{any}{date}{any}-{page}',
  '{title}/{any}_{page}',
  '{title}/{any}-{page}',
  '{title}/{page}',
  '{any}_{page}',
  '{any}-{page}',
  '{any}{page}',
  '{page}',
]

/** A pattern has to understand this part of the names to be proposed. */
const enough = 0.6
const mostTried = 500

/**
 * The pattern that names follow: of those in use the finest that understands most of them, preferring one that gives
 * dates. Undefined when none does; then the order of the names is all there is.
 */
export function guessPattern(names: readonly string[]): string | undefined {
  const pictures = names.filter((name) => pictureFile.test(name))
  const all = pictures.length > 0 ? pictures : names
  const tried =
    all.length <= mostTried ? all : all.filter((_, index) => index % Math.ceil(all.length / mostTried) === 0)
  let best: { pattern: string; score: number } | undefined
  for (const [index, pattern] of common.entries()) {
    const { rows, understood } = previewPattern(tried, pattern)
    if (understood < tried.length * enough) continue
    const dated = rows.filter((row) => row.date !== undefined).length
    const paged = new Set(rows.map((row) => `${row.date ?? ''} ${row.edition ?? ''} ${row.page ?? row.file}`)).size
    // Names that all give the same page are read wrongly.
    const score = understood + dated * 2 + (paged / tried.length) * understood - index / 1000
    if (!best || score > best.score) best = { pattern, score }
  }
  return best?.pattern
}
