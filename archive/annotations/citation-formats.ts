import type { CitationItem, CitationName } from './citation-item.ts'

/** References for other programs: BibTeX and RIS. */

const bibtexSigns: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** BibTeX entries of type `article`; keys are made of title and date and differ from each other. */
export function bibtexOf(items: readonly CitationItem[]): string {
  const keys = new Map<string, number>()
  const entries = items.map((item) => {
    const [year, month, day] = item.issued['date-parts'][0]
    const base = `${latinKey(item)}${[year, month, day].map((part) => String(part ?? '').padStart(2, '0')).join('')}`
    const count = (keys.get(base) ?? 0) + 1
    keys.set(base, count)
    const fields: [string, string | undefined][] = [
      ['author', item.author?.map(bibtexName).join(' and ')],
      ['title', item.title && `{${escaped(item.title)}}`],
      ['journal', escaped(item['container-title'])],
      ['year', year === undefined ? undefined : String(year)],
      ['month', undefined],
      ['day', day === undefined ? undefined : String(day)],
      ['pages', item.page && escaped(item.page)],
      ['number', item.issue && escaped(item.issue)],
      ['edition', item.edition],
      ['series', item.section && escaped(item.section)],
      ['language', item.language],
      // Of biblatex; BibTeX passes over what it does not know.
      ['entrysubtype', 'newspaper'],
    ]
    const written = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []))
    const name = month === undefined ? undefined : months[month - 1]
    if (name) written.push(`  month = ${name},`)
    return `@article{${base}${count > 1 ? `-${count}` : ''},\n${written.join('\n')}\n}`
  })
  return entries.join('\n\n')
}

function latinKey(item: CitationItem): string {
  const first = item.author?.[0]
  const name = first && 'family' in first ? first.family : ''
  return (
    name
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase() || 'news'
  )
}

function bibtexName(name: CitationName): string {
  // A name in braces is not taken apart.
  if ('literal' in name) return `{${escaped(name.literal)}}`
  return name.given ? `${escaped(name.family)}, ${escaped(name.given)}` : escaped(name.family)
}

function escaped(text: string): string {
  return text.replace(/[\\{}&%$#_~^]/g, (sign) => bibtexSigns[sign] ?? sign).replace(/\s+/g, ' ')
}

/** RIS records of type NEWS. */
export function risOf(items: readonly CitationItem[]): string {
  return items
    .map((item) => {
      const [year, month, day] = item.issued['date-parts'][0]
      const two = (part?: number): string => (part === undefined ? '' : String(part).padStart(2, '0'))
      const lines: [string, string | undefined][] = [
        ['TY', 'NEWS'],
        ...(item.author ?? []).map((name): [string, string] => ['AU', risName(name)]),
        ['TI', item.title],
        ['T2', item['container-title']],
        ['PY', year === undefined ? undefined : String(year)],
        ['DA', year === undefined ? undefined : `${year}/${two(month)}/${two(day)}/`],
        ['SP', item.page],
        ['IS', item.issue],
        ['ET', item.edition],
        ['SE', item.section],
        ['LA', item.language],
      ]
      const written = lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${value.replace(/\s+/g, ' ')}`] : []))
      return [...written, 'ER  - '].join('\r\n')
    })
    .join('\r\n\r\n')
}

function risName(name: CitationName): string {
  if ('literal' in name) return name.literal
  return name.given ? `${name.family}, ${name.given}` : name.family
}
