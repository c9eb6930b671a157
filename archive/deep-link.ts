import { ArchiveError } from './errors.ts'
import type { Box } from './model.ts'

/**
 * Links to a place in an archive, made and read here only:
 * `banmian://ARCHIVE/TITLE/DATE/PAGE?edition=2&id=p3&article=…&q=…&hit=4&xywh=percent:10,20,30,40&name=…`.
 * ARCHIVE is the archive's own id, so a link holds for every copy. Each further part may be left out from the right.
 * PAGE is the page label as printed; `id` is given where the label does not say which. `xywh` as in Media Fragments
 * URI 1.0, 4.2.2. What is unknown in the query is passed over: a later version may say more.
 */
export interface DeepLink {
  /** 16 hex digits. */
  archive: string
  /** Name of the archive, for a person who does not have it. */
  name?: string
  title?: string
  /** ISO date. */
  date?: string
  /** From 1; left out for the first of the day. */
  edition?: number
  /** Page label. */
  page?: string
  /** Page id within the issue. */
  pageId?: string
  /** Article id within the issue. */
  article?: string
  /** The query whose hits are marked. */
  q?: string
  /** Which hit of the issue is the current one, from 0. */
  hit?: number
  /** The part of the page that is shown, fractions 0–1. */
  region?: Box
}

const linkScheme = 'banmian:'
const longestLink = 4000
const longestWord = 200
const longestQuery = 500

/** True for what claims to be such a link, right or wrong. */
export function isDeepLink(text: string): boolean {
  return text.slice(0, linkScheme.length).toLowerCase() === linkScheme
}

/** The link as text. */
export function makeDeepLink(link: DeepLink): string {
  const place = [link.title, link.title && link.date, link.date && (link.page ?? link.pageId)]
  const path = place.filter((part) => part !== undefined && part !== '').map((part) => `/${encode(String(part))}`)
  const query: [string, string | undefined][] = [
    ['edition', link.edition === undefined || link.edition === 1 ? undefined : String(link.edition)],
    ['id', link.page ? link.pageId : undefined],
    ['article', link.article],
    ['q', link.q],
    ['hit', link.hit === undefined ? undefined : String(link.hit)],
    ['xywh', link.region && percentOf(link.region)],
    ['name', link.name],
  ]
  const asked = query.filter(([, value]) => value).map(([name, value]) => `${name}=${encode(String(value))}`)
  return `${linkScheme}//${link.archive}${path.join('')}${asked.length > 0 ? `?${asked.join('&')}` : ''}`
}

/** Signs that a mail or a shell would take for the end of a link are written out as well. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/%3A/gi, ':')
    .replace(/%2C/gi, ',')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function percentOf(box: Box): string {
  const left = Math.min(Math.max(box.x, 0), 1)
  const top = Math.min(Math.max(box.y, 0), 1)
  const width = Math.min(box.x + box.w, 1) - left
  const height = Math.min(box.y + box.h, 1) - top
  return `percent:${[left, top, width, height].map((value) => Number((100 * value).toFixed(3))).join(',')}`
}

/** What a link says. Throws ArchiveError `bad-link` for anything that is not exactly such a link. */
export function parseDeepLink(text: string): DeepLink {
  const refuse = (reason: string): never => {
    throw new ArchiveError('bad-link', { link: text.slice(0, 120), reason })
  }
  if (text.length > longestLink) refuse(`more than ${longestLink} characters`)
  const [, archive = '', path = '', query = ''] =
    /^banmian:\/\/([0-9a-f]{16})((?:\/[^/?#\s]*)*)(?:\?([^#\s]*))?(?:#\S*)?$/i.exec(text) ??
    refuse('not banmian://ARCHIVE/TITLE/DATE/PAGE')

  const plain = (written: string, longest = longestWord): string => {
    const word = decoded(written.replace(/\+/g, '%20')) ?? refuse('damaged encoding')
    if (word.length > longest) refuse(`a part of more than ${longest} characters`)
    return /\p{Cc}/u.test(word) ? refuse('control characters') : word
  }
  const parts = path.split('/').slice(1)
  if (parts.at(-1) === '') parts.pop()
  if (parts.length > 3) refuse('more than title, date and page')
  const [title, date, page] = parts.map((part) => plain(part))
  if (title !== undefined && !/^[a-z0-9][a-z0-9._-]*$/.test(title)) refuse('not a title')
  if (date !== undefined && !isDate(date)) refuse('not a date YYYY-MM-DD')

  const asked = new Map<string, string>()
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=')
    if (at <= 0) continue
    const name = pair.slice(0, at)
    if (!asked.has(name)) asked.set(name, plain(pair.slice(at + 1), name === 'q' ? longestQuery : longestWord))
  }
  const number = (name: string, highest: number): number | undefined => {
    const value = asked.get(name)
    if (!value) return undefined
    return /^\d{1,9}$/.test(value) && Number(value) <= highest ? Number(value) : refuse(`not a number: ${name}`)
  }
  const region = asked.get('xywh')
  const link: DeepLink = {
    archive: archive.toLowerCase(),
    name: asked.get('name'),
    title,
    date,
    edition: number('edition', 999),
    page,
    pageId: asked.get('id'),
    article: asked.get('article'),
    q: asked.get('q'),
    hit: number('hit', 1_000_000),
    region: region ? (regionOf(region) ?? refuse('not a region: xywh')) : undefined,
  }
  return Object.fromEntries(
    Object.entries(link).filter(([, value]) => value !== undefined && value !== ''),
  ) as unknown as DeepLink
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function regionOf(text: string): Box | undefined {
  const [, numbers = ''] = /^percent:([\d.,]{7,80})$/.exec(text) ?? []
  const [x = NaN, y = NaN, w = NaN, h = NaN, ...more] = numbers
    .split(',')
    .map((each) => (each ? Number(each) / 100 : NaN))
  if (more.length > 0 || ![x, y, w, h].every(Number.isFinite)) return undefined
  const inside = x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 1.001 && y + h <= 1.001
  return inside ? { x, y, w, h } : undefined
}
