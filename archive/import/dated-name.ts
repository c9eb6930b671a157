import { cleanLine } from './clean-text.ts'
import { dateInPath } from './founder-date.ts'
import { parsePageLabel, type PageLabel } from './page-label.ts'

/** What the name of a file and of its folders say of a page or an issue. */
export interface NamedPlace {
  /** ISO date. */
  date?: string
  /** Whether the date stands in the file's own name. */
  dateFrom?: 'file name' | 'folder name'
  page?: PageLabel
  /** The newspaper, by its code (`rmrb`) or its name. */
  title?: string
}

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const month = `(?<m>${months})[a-z]*\\.?`

/** Dates in a name, the surest first. */
const dates = [
  /(?<!\d)(?<y>\d{4})\s*年\s*(?<m>\d{1,2})\s*月\s*(?<d>\d{1,2})\s*[日号號]?/,
  /(?<!\d)(?<y>\d{4})(?<sep>[-._])(?<m>\d{1,2})\k<sep>(?<d>\d{1,2})(?!\d)/,
  // Digits behind the date are a page: rmrb2017101601, hnrb20260723001.
  /(?<!\d)(?<y>1[6-9]\d{2}|20\d{2})(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\d|3[01])(?=\d{0,4}(?!\d))/,
  new RegExp(`(?<!\\d)(?<y>\\d{4})[ _-]*${month}[ _-]*(?<d>\\d{1,2})(?!\\d)`, 'i'),
  new RegExp(`(?<!\\d)(?<d>\\d{1,2})(?:st|nd|rd|th)?[ _-]*${month}[ ,_-]*(?<y>\\d{4})(?!\\d)`, 'i'),
  new RegExp(`(?<![a-z])${month}[ _-]*(?<d>\\d{1,2})(?:st|nd|rd|th)?[ ,_-]+(?<y>\\d{4})(?!\\d)`, 'i'),
  /(?<!\d)(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})(?!\d)/,
]

function isoDate({ y = '', m = '', d = '' }: Record<string, string | undefined>): string | undefined {
  const named = months.split('|').indexOf(m.slice(0, 3).toLowerCase()) + 1
  const date = `${y}-${String(named || m).padStart(2, '0')}-${d.padStart(2, '0')}`
  const time = new Date(`${date}T00:00:00Z`)
  const isReal = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date)
  return isReal && Number(y) >= 1500 ? date : undefined
}

interface FoundDate {
  date: string
  before: string
  after: string
}

function findDate(name: string): FoundDate | undefined {
  for (const pattern of dates) {
    const match = pattern.exec(name)
    const date = match?.groups && isoDate(match.groups)
    if (date) return { date, before: name.slice(0, match.index), after: name.slice(match.index + match[0].length) }
  }
  return undefined
}

const code = '[A-Za-z]{0,2}\\d{1,4}'
const edge = '[\\s._()（）-]*'
const spelled = new RegExp(`第\\s*(?:${code}|[一二三四五六七八九十]{1,3})\\s*版.*$|(?<![A-Za-z\\d])${code}\\s*版.*$`)
const word = new RegExp(`(?:^|[^a-z])(?:page|pages|pg|p|seite|blatt|版面|版)[ ._-]*(${code})(?![a-z\\d])`, 'i')
const alone = new RegExp(`^${edge}(${code})${edge}$`)
/** A letter and digits (`A01`), or digits at the very end: other numbers in a name may be anything. */
const lettered = /(?:^|[\s._-])([A-Z]{1,2}\d{1,3})(?=$|[\s._-])/
const last = new RegExp(`[\\s._(（-](\\d{1,3})${edge}$`)
const first = new RegExp(`^${edge}(\\d{1,3})(?=$|[^\\d.])`)
const adjective = /(?:[ _-](?:pdf|b|brief|l|large|full|scan))+$/i

/** `A01-要闻` → label `A01`, name `要闻`. */
function withName(label: string, rest: string): PageLabel {
  const name = cleanLine(rest.replace(/^[\s._:：·-]+|[\s._-]+$/g, ''))
  return /\p{Script=Han}/u.test(name) ? { label, name } : { label }
}

/** The page in what a name says beside the date: `behind` it, else anywhere. */
function pageIn(behind: string, whole: string): PageLabel | undefined {
  const text = spelled.exec(whole)?.[0]
  const parsed = text && parsePageLabel(text.replace(/[_-](?=[^\d])/g, ' '))
  if (parsed) return parsed
  const named = word.exec(whole)?.[1]
  if (named) return { label: named }
  const plain = behind.replace(adjective, '')
  const only = alone.exec(plain)?.[1]
  if (only) return { label: only }
  const letter = lettered.exec(plain)
  if (letter?.[1]) return withName(letter[1], plain.slice(letter.index + letter[0].length))
  const digits = last.exec(plain)?.[1]
  if (digits) return { label: digits }
  const leading = first.exec(plain)
  return leading?.[1] ? withName(leading[1], plain.slice(leading[0].length)) : undefined
}

/** Folders that say what kind of files are in them, not which newspaper. */
const general =
  /^(?:pdfs?|pages?|images?|scans?|html?|data|files?|output|input|issues?|resfile|epaper|newspapers?|downloads?|版面|报纸|報紙|电子报|電子報|扫描|掃描|\d+[年月日]?)$/i

function titleIn(said: string[], folders: string[]): string | undefined {
  for (const text of said) {
    const own = cleanLine(text.replace(adjective, '').replace(/[\s._()（）《》【】-]+/g, ' '))
    if (/\p{L}{2}/u.test(own) && !general.test(own) && !/^p(?:age)?$/i.test(own)) return own
  }
  return folders.findLast((folder) => /\p{L}{2}/u.test(folder) && !general.test(folder) && !findDate(folder))
}

/** `2003/01/05.txt`, `2003-01/05.txt`, `2003年/1月/5日.txt`: the day of folders that are year and month. */
function dayOfMonth(folders: readonly string[], base: string): string | undefined {
  const d = /^(\d{1,2})日?$/.exec(base)?.[1]
  const [, y, m] = /(?:^|\/)(\d{4})(?:年?[-_./]?)(\d{1,2})月?$/.exec(folders.slice(-2).join('/')) ?? []
  return d && y && m ? isoDate({ y, m, d }) : undefined
}

/**
 * Date, page and newspaper by the habits in which files are named: `rmrb2017101601.pdf`, `201707221_pdf.pdf`,
 * `人民日报 2017年10月16日 第01版.pdf`, `The Times 21 Feb 1859 p3.pdf`, `2017-10/16/A01.pdf`,
 * `resfile/2026-07-23/001/x.pdf`. What a name does not say is absent.
 */
export function placeInName(path: string): NamedPlace {
  const folders = path.split('/')
  const base = (folders.pop() ?? '').replace(/\.\w{1,5}$/, '').normalize('NFC')
  const day = dayOfMonth(folders, base)
  if (day !== undefined) {
    const title = titleIn([], folders)
    return { date: day, dateFrom: 'file name', ...(title ? { title } : {}) }
  }
  const own = findDate(base)
  const nearest = folders.map(findDate).findLast((found) => found !== undefined)
  const date = own?.date ?? dateInPath(`${folders.join('/')}/`) ?? nearest?.date
  const rest = own ? `${own.before} ${own.after}` : base
  const page = pageIn(own ? own.after : base, rest) ?? pageOfFolder(folders)
  // Behind the date stands a title only where no page does.
  const said = own ? [own.before, ...(page ? [] : [own.after])] : [nearest?.before ?? '']
  const title = titleIn(said, folders)
  return {
    ...(date ? { date, dateFrom: own ? 'file name' : 'folder name' } : {}),
    ...(page ? { page } : {}),
    ...(title ? { title } : {}),
  }
}

/** `page/2017-10-09/A01/51281507497937890.pdf`: the page is the innermost folder, below the one of the date. */
function pageOfFolder(folders: string[]): PageLabel | undefined {
  const inner = folders.at(-1) ?? ''
  const isBelowDate = folders.length > 1 && findDate(folders.slice(0, -1).join('/')) !== undefined
  return isBelowDate && /^[A-Za-z]{0,2}\d{1,3}$/.test(inner) ? { label: inner } : undefined
}
