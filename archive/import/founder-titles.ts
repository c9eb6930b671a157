import { createHash } from 'node:crypto'
import type { Metadata, TitleReference } from '../model.ts'
import type { FounderLayout } from './founder-layout.ts'
import { property } from './founder-properties.ts'

/** A title of a mirror: the folder that holds its issues, and what the archive calls it. */
export interface FounderTitle {
  title: TitleReference
  /** Set when the folder holds a supplement that is named after another title of the mirror. */
  supplement?: string
}

const dated = /(?:^|\/)(?:\d{4}-\d{2}\/\d{2}|\d{6}\/\d{2}|\d{4}\/\d{1,2}\/\d{1,2}|\d{4}-\d{2}-\d{2})(?=\/|$)/

/** Folders that every paper has, so that they say nothing about which paper it is. */
const general =
  /^(?:html|htm|pc|layout|con|cont|paper|epaper|epaper\d|szb|szbz|www|web|data|site\d+|fzepaper|mirror|content|\d+)$/i

/** The folder of one issue: everything up to and with the date, or the file's own folder when no date is in it. */
export function issueFolder(file: string): string {
  const folder = file.split('/').slice(0, -1).join('/')
  const match = dated.exec(folder)
  return match ? folder.slice(0, match.index + match[0].length) : folder
}

/** The folder of a title: the issue's folder without the date and the general folders above it. */
export function titleFolder(file: string): string {
  const folder = issueFolder(file)
  const match = dated.exec(folder)
  const parts = (match ? folder.slice(0, match.index) : folder).split('/').filter((part) => part !== '')
  while (parts.length > 0 && general.test(parts.at(-1) ?? '')) parts.pop()
  return parts.join('/')
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/\.zip$|\.s?html?$/, '')
    .replace(/[^a-z\d._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
  if (plain !== '' || text === '') return plain
  // A name without Latin letters: a short stable name of its own.
  return `paper-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}

/** `jxrb/page/186/2017-10-09/A01/….jpg` in the page's own properties begins with the paper's code. */
function codeInProperties(metadata: Metadata): string {
  const code = /^\/?([a-z]\w*)\/(?:page|images|html|res)\//i.exec(property(metadata, 'founder-pagepicurl') ?? '')?.[1]
  return code && !general.test(code) ? slug(code) : ''
}

function codeInFileName(file: string): string {
  return /(?:^|\/)nbs\.D\d+([a-z]+)_/i.exec(file)?.[1]?.toLowerCase() ?? ''
}

/**
 * Lower case id of a title: the paper's code in the path (`jxrb`), else in the page's properties, else the name of the
 * source, else in the file name. The same mirror gives the same id from whichever of its folders it is opened.
 */
function titleId(folder: string, file: string, layout: FounderLayout, sourceName: string): string {
  const named =
    /^\d+(?:-\d+)*$|\.s?html?(?:\?.*)?$/i.test(sourceName) || general.test(sourceName) ? '' : slug(sourceName)
  const inPath = slug(folder.split('/').at(-1) ?? '').replace(/^www\./, '')
  return inPath || codeInProperties(layout.metadata) || codeInFileName(file) || named || 'epaper'
}

const supplementWord = /(?:特刊|副刊|专刊|增刊|号外)$/

export interface TitleSample {
  folder: string
  file: string
  layout: FounderLayout
}

/**
 * Names the titles of a mirror from one layout page each. Two folders with one code but different papers get the host
 * or parent folder before their code. A paper called `X·Y` beside a paper called `X` is the supplement Y of X.
 */
export function nameTitles(samples: TitleSample[], sourceName: string): Map<string, FounderTitle> {
  const titles = new Map<string, FounderTitle>()
  const nameById = new Map<string, string>()
  for (const { folder, file, layout } of samples) {
    let id = titleId(folder, file, layout, sourceName)
    const name = layout.paperName ?? id
    if (nameById.has(id) && nameById.get(id) !== name) id = slug(folder.replaceAll('/', '-')) || `${id}-2`
    nameById.set(id, name)
    titles.set(folder, { title: { id, name, language: layout.isTraditional ? 'zh-Hant' : 'zh-Hans' } })
  }
  const all = [...titles.values()].map(({ title }) => title)
  for (const entry of titles.values()) {
    // A supplement that nothing ties to a paper keeps its own title, and says what it is.
    if (supplementWord.test(entry.title.name)) entry.supplement = entry.title.name
    for (const main of all) {
      const rest = supplementName(entry.title.name, main.name)
      if (rest !== undefined && main !== entry.title) {
        entry.title = main
        entry.supplement = rest
        break
      }
    }
  }
  return titles
}

/** `焦作日报·新春特刊` beside `焦作日报` → `新春特刊`; undefined when the name is not one of a supplement. */
export function supplementName(name: string, mainName: string): string | undefined {
  if (name.length <= mainName.length || !name.startsWith(mainName)) return undefined
  const rest = name.slice(mainName.length).trim()
  const separated = /^[·・•—\-–/／:：\s(（]+(.+?)[)）]?$/.exec(rest)?.[1]
  return separated ?? (supplementWord.test(rest) ? rest : undefined)
}
