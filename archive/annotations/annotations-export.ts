import { randomUUID } from 'node:crypto'
import type { JsonObject, Note } from './annotation-model.ts'
import { itemOfNote } from './citation-item.ts'
import { cite } from './citations.ts'
import { noteOf } from './annotation-record.ts'
import { annotationContext } from './annotation-place.ts'
import { issueKey } from './notes-operations.ts'

/** Notes carried out: each form is text, or files by their names. */

/**
 * W3C annotations as one `AnnotationCollection` with its page (Web Annotation Data Model, section 5); every record is as
 * it is stored, and folders stand beside the page.
 */
export function jsonLdOf(records: readonly JsonObject[], folders: readonly JsonObject[], label: string): string {
  const id = `urn:uuid:${randomUUID()}`
  const first = { id: `${id}#page`, type: 'AnnotationPage', partOf: id, startIndex: 0, items: [...records] }
  const collection: JsonObject = {
    '@context': annotationContext,
    id,
    type: 'AnnotationCollection',
    label,
    total: records.length,
    first,
    ...(folders.length > 0 && { 'banmian:folders': [...folders] }),
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}

/** One file of JSON-LD an issue, by name. */
export function jsonLdByIssue(records: readonly JsonObject[]): Map<string, string> {
  const groups = new Map<string, JsonObject[]>()
  for (const record of records) {
    const key = issueKey(noteOf(record).place) || 'other'
    groups.set(key, [...(groups.get(key) ?? []), record])
  }
  return new Map([...groups].map(([key, each]) => [`${fileName(key)}.jsonld`, jsonLdOf(each, [], key)]))
}

const columns = [
  'id',
  'kind',
  'colour',
  'newspaper',
  'date',
  'edition',
  'supplement',
  'page',
  'headline',
  'quote',
  'correction',
  'comment',
  'tags',
  'created',
  'modified',
  'reference',
] as const

/** CSV with a byte order mark, as spreadsheets want it (RFC 4180). What a spreadsheet would run is made text. */
export function csvOf(notes: readonly Note[]): string {
  const lines = notes.map((note) => {
    const { place } = note
    const values: Record<(typeof columns)[number], string> = {
      id: note.id,
      kind: note.kind,
      colour: note.colour,
      newspaper: place.titleName,
      date: place.date,
      edition: String(place.edition),
      supplement: place.supplement ?? '',
      page: place.page?.label ?? '',
      headline: place.article?.headline ?? '',
      quote: note.quote?.exact ?? '',
      correction: note.correction ?? '',
      comment: note.comment,
      tags: note.tags.join('; '),
      created: note.created,
      modified: note.modified,
      reference: referenceOf(note),
    }
    return columns.map((column) => csvField(values[column])).join(',')
  })
  return `\ufeff${[columns.join(','), ...lines].join('\r\n')}\r\n`
}

function csvField(value: string): string {
  // A field that begins like a formula is run by spreadsheets; an apostrophe before it makes it text.
  const safe = /^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function referenceOf(note: Note): string {
  return note.place.date === '' ? note.place.titleName : cite([itemOfNote(note)], 'gbt7714')
}

/** All notes in one Markdown file, by newspaper and day. */
export function markdownOf(notes: readonly Note[], title: string): string {
  return `# ${title}\n\n${notes.map((note) => `## ${headingOf(note)}\n\n${markdownBody(note)}`).join('\n')}`
}

/** A vault: one Markdown file a note, with front matter (YAML 1.2) and links between notes. */
export function markdownVault(notes: readonly Note[]): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const note of notes) {
    const base = fileName(`${note.place.date} ${headingOf(note)}`.slice(0, 80)) || 'note'
    let name = base
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base} ${count}`
    taken.add(name.toLowerCase())
    names.set(note.id, name)
  }
  return new Map(
    notes.map((note) => {
      const { place } = note
      const front: [string, string | string[]][] = [
        ['id', note.id],
        ['kind', note.kind],
        ['newspaper', place.titleName],
        ['date', place.date],
        ['page', place.page?.label ?? ''],
        ['headline', place.article?.headline ?? ''],
        ['tags', note.tags],
        ['created', note.created],
        ['modified', note.modified],
      ]
      // JSON is YAML: whatever stands in a value, it stays one.
      const head = front.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n')
      const links = note.links.map((id) => `- [[${names.get(id) ?? id}]]`).join('\n')
      const text = `---\n${head}\n---\n\n# ${headingOf(note)}\n\n${markdownBody(note)}${links && `\n${links}\n`}`
      return [`${names.get(note.id) ?? 'note'}.md`, text] as const
    }),
  )
}

function headingOf(note: Note): string {
  const { place } = note
  const words = place.article?.headline || place.page?.name || place.titleName
  return words.replace(/\s+/g, ' ').trim()
}

function markdownBody(note: Note): string {
  const quote = note.quote
    ? `${note.quote.exact
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}\n\n`
    : ''
  const tags = note.tags.length > 0 ? `${note.tags.map((tag) => `#${tag.replace(/\s+/g, '_')}`).join(' ')}\n\n` : ''
  const comment = note.comment === '' ? '' : `${note.comment}\n\n`
  const correction = note.correction === undefined ? '' : `→ ${note.correction || '∅'}\n\n`
  return `${quote}${correction}${comment}${tags}${referenceOf(note)}\n`
}

/** A name that every file system takes. */
function fileName(text: string): string {
  return text
    .replace(/[\\/:*?"<>|#^[\]\u0000-\u001f]+/g, '_')
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '')
    .trim()
}

/**
 * A report to print or send: one HTML file that needs nothing else and runs nothing. `pictures`: of notes by their ids,
 * as `data:` URLs; `language`: of its few own words.
 */
export function htmlOf(
  notes: readonly Note[],
  { title, pictures, language }: { title: string; pictures: ReadonlyMap<string, string>; language: string },
): string {
  const entries = notes.map((note, index) => {
    const picture = pictures.get(note.id)
    const parts = [
      `<h2 id="n${index + 1}">${escaped(headingOf(note))}</h2>`,
      picture ? `<img src="${escaped(picture)}" alt="">` : '',
      note.quote ? `<blockquote lang="${escaped(note.place.language)}">${escaped(note.quote.exact)}</blockquote>` : '',
      note.correction === undefined ? '' : `<p class="correction">→ ${escaped(note.correction || '∅')}</p>`,
      note.comment ? `<div class="comment">${escaped(note.comment)}</div>` : '',
      note.tags.length > 0
        ? `<p class="tags">${note.tags.map((tag) => `<span>${escaped(tag)}</span>`).join(' ')}</p>`
        : '',
      `<p class="source">${escaped(referenceOf(note))}</p>`,
    ]
    return `<article>${parts.join('\n')}</article>`
  })
  const contents = notes.map((note, index) => {
    const day = note.place.date === '' ? '' : `<span>${escaped(note.place.date)}</span>`
    return `<li><a href="#n${index + 1}">${escaped(headingOf(note))}</a> ${day}</li>`
  })
  return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${sheet}</style></head>
<body><header><h1>${escaped(title)}</h1></header><nav><ol>${contents.join('')}</ol></nav>
${entries.join('\n')}
</body></html>
`
}

const sheet = `
body{max-width:46rem;margin:3rem auto;padding:0 1.5rem;background:#fbf8f2;color:#1e1c19;font:17px/1.75 "Songti SC","Source Han Serif SC","Noto Serif CJK SC","Noto Serif SC",SimSun,Georgia,serif}
h1{font-size:2rem;border-bottom:2px solid #1e1c19;padding-bottom:.5rem}h2{font-size:1.3rem;line-height:1.4;margin:0 0 .5rem}
nav ol{padding-left:1.6em}nav span{color:#6b655b;font-size:.85em}nav a{color:inherit}
article{margin:2.5rem 0;padding-top:1.2rem;border-top:1px solid #e2dbcf;break-inside:avoid}
img{display:block;max-width:100%;max-height:24cm;margin:.8rem 0;box-shadow:0 0 0 1px #e2dbcf}
blockquote{margin:.8rem 0;padding-left:1rem;border-left:3px solid #34507a;white-space:pre-line}
.comment{white-space:pre-wrap}.tags span{border:1px solid #c9c1b3;border-radius:1em;padding:0 .6em;font-size:.85em;color:#34507a}
.source{color:#6b655b;font-size:.85em}
@media print{body{background:none;margin:0;max-width:none}nav{break-after:page}}
`

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
