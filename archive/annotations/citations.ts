import CSL from 'citeproc'
import type { CitationForm } from './annotation-model.ts'
import { bibtexOf, risOf } from './citation-formats.ts'
import type { CitationItem } from './citation-item.ts'
import { citationLocales, citationStyles } from './citation-styles.ts'

/**
 * References to items, one a line, in their order; in GB/T 7714 several are numbered as that standard's lists are.
 * The formats for other programs are whole files.
 */
export function cite(items: readonly CitationItem[], form: CitationForm): string {
  switch (form) {
    case 'bibtex':
      return bibtexOf(items)
    case 'ris':
      return risOf(items)
    case 'csl-json':
      return JSON.stringify(items, null, 2)
    default: {
      const lines = items.map((item) => reference(item, form))
      const isNumbered = form === 'gbt7714' && lines.length > 1
      return lines.map((line, index) => (isNumbered ? `[${index + 1}] ${line}` : line)).join('\n')
    }
  }
}

type Style = keyof typeof citationStyles

const engines = new Map<string, { items: Map<string, CitationItem>; engine: InstanceType<typeof CSL.Engine> }>()

function engineOf(
  style: Style,
  language: string,
): { items: Map<string, CitationItem>; engine: InstanceType<typeof CSL.Engine> } {
  const known = engines.get(style + language)
  if (known) return known
  const items = new Map<string, CitationItem>()
  const sys = {
    retrieveLocale: (language: string) => citationLocales[language] ?? citationLocales['en-US'] ?? '',
    retrieveItem: (id: string) => items.get(id),
  }
  const engine = new CSL.Engine(sys, citationStyles[style], language, true)
  engine.setOutputFormat('text')
  const made = { items, engine }
  engines.set(style + language, made)
  return made
}

/** One at a time: an entry must not change because another is listed beside it. */
function reference(item: CitationItem, style: Style): string {
  const shown = forStyle(item, style)
  const { items, engine } = engineOf(style, shown.language)
  items.clear()
  // The engine keeps what it was given under an id; each entry is a new one to it.
  const id = `item-${(entries += 1)}`
  items.set(id, { ...shown, id })
  engine.updateItems([id])
  const made = engine.makeBibliography()
  const line = made ? (made[1][0] ?? '') : ''
  return decoded(line).replace(/\s+/g, ' ').trim()
}
let entries = 0

/**
 * What a style wants otherwise: `note` is what stands in the place of the page. MLA (5.84–5.93) writes pages that do not
 * follow each other as the first with a plus. GB/T has one pair of brackets for 版次; where the day saw more than one
 * issue, it says there which. The engine would set names of an item in Chinese without their commas: only GB/T wants it.
 */
function forStyle(item: CitationItem, style: Style): CitationItem & { note?: string } {
  const isForeign = isLatin(item) && !/^en\b/i.test(item.language)
  // Titles are capitalised as English ones only where they are English.
  const latin = isForeign && style !== 'gbt7714' ? item.language : 'en-US'
  const language = isLatin(item) || style !== 'gbt7714' ? latin : 'zh-CN'
  if (style === 'gbt7714') {
    const edition = item.edition && (isLatin(item) ? `${ordinal(Number(item.edition))} ed.` : `第${item.edition}次出刊`)
    const issue = item.section ?? edition
    const note = [issue, item.page].filter((part) => part !== undefined).join(' ')
    return { ...item, ...titleInGbt(item), language, ...(note !== '' && { note }) }
  }
  const [first, ...others] = item.page?.split(', ') ?? []
  // The engine would take a name of one piece for an institution, before which APA (9.8) puts no comma.
  const author = item.author?.map((name) => ('literal' in name ? { family: name.literal } : name))
  if (style === 'apa' && author) return { ...item, author, language, ...(item.page && { note: item.page }) }
  if (first === undefined) return { ...item, language }
  if (style !== 'mla') return { ...item, language, note: item.page ?? '' }
  return { ...item, language, note: others.length > 0 ? `pp. ${first}+` : `p. ${first}` }
}

function ordinal(count: number): string {
  const ends: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }
  return `${count}${ends[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)] ?? 'th'}`
}

/** GB/T 7714—2015, 7.2: other title information follows a colon and a space, in whatever script. */
function titleInGbt({ title, 'title-short': main }: CitationItem): Pick<CitationItem, 'title'> {
  return title === undefined || main === undefined
    ? {}
    : { title: `${main}: ${title.slice(main.length).replace(/^(：|: )/, '')}` }
}

/** Of works in Latin script GB/T 7714 gives the names of more than three authors with `et al`. */
function isLatin(item: CitationItem): boolean {
  const names = (item.author ?? []).map((name) => ('literal' in name ? name.literal : name.family))
  return !/\p{Script=Han}/u.test([item.title ?? item['container-title'], ...names].join(''))
}

/** The engine writes the signs of HTML as entities in every format. */
function decoded(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_whole, name: string) => signs[name] ?? '')
}
const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }
