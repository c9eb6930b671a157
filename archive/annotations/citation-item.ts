import type { Note, NotePlace } from './annotation-model.ts'

/** What is cited, as a CSL item of type `article-newspaper` (CSL 1.0.2, appendix III and IV). */
export interface CitationItem {
  id: string
  type: 'article-newspaper'
  title?: string
  /** The title without the subtitle, where there is one. */
  'title-short'?: string
  author?: CitationName[]
  'container-title': string
  issued: { 'date-parts': [number[]] }
  page?: string
  /** Number of the edition of the day, when it is not the first. */
  edition?: string
  /** Name of the supplement. */
  section?: string
  /** 期号, as printed. */
  issue?: string
  language: string
}

export type CitationName = { literal: string } | { family: string; given?: string }

/** The item for a note: its article as it stands on the note's page, else its page or issue. */
export function itemOfNote(note: Note): CitationItem {
  const { page, article } = note.place
  // A note on a whole article cites the whole of it; one on a place cites that place.
  const pages = note.level === 'article' && article && article.pages.length > 0 ? article.pages : [page?.label ?? '']
  return itemOfPlace(note.place, note.id, pages)
}

/** The item for a place; `pages`: labels of the pages cited, as printed. */
export function itemOfPlace(place: NotePlace, id: string, pages: string[]): CitationItem {
  const { article, page } = place
  const title = article?.headline || (article ? '' : page?.name)
  const authors = authorsOf(article?.byline ?? '', place.language)
  const labels = [...new Set(pages.filter((label) => label !== ''))].join(', ')
  const item: CitationItem = {
    id,
    type: 'article-newspaper',
    'container-title': place.titleName,
    issued: {
      'date-parts': [
        place.date
          .split('-')
          .map(Number)
          .filter((part) => part > 0),
      ],
    },
    language: place.language,
  }
  if (title) {
    const main = oneLine(title)
    const subtitle = oneLine(article?.subtitle ?? '')
    item.title = subtitle === '' ? main : `${main}${isHan(main) ? '：' : ': '}${subtitle}`
    if (subtitle !== '') item['title-short'] = main
  }
  if (authors.length > 0) item.author = authors
  if (labels !== '') item.page = labels
  if (place.edition > 1 && place.supplement === undefined) item.edition = String(place.edition)
  if (place.supplement !== undefined) item.section = place.supplement
  if (place.number !== undefined) item.issue = place.number
  return item
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** Words of a byline that name what someone does, not who they are. */
const roles =
  /(?:本报|本刊|特约|见习|实习|首席|驻[\p{Script=Han}]{1,4}|全媒体)*(?:记者|通讯员|评论员|编辑|特派员|摄影|撰文|整理)|(?:文|图|摄影?)\s*[/／|｜]\s*(?:文|图|摄影?)?|[/／](?:文|图|摄影?)|^(?:文|图|摄|作者)\s*[:：]/gu

/** The word before a name in a byline, by language. */
const bylineWords: Record<string, RegExp> = {
  de: /^von\s+/i,
  es: /^por\s+/i,
  fr: /^par\s+/i,
  it: /^di\s+/i,
  nl: /^door\s+/i,
  pt: /^por\s+/i,
}

/**
 * The people in a byline as newspapers print it: `本报记者 李 明 通讯员 王芳`, `By John Smith and Ann Lee`. What names an
 * agency stays as it is. `language`: of the newspaper, BCP 47.
 */
export function authorsOf(byline: string, language = ''): CitationName[] {
  const text = byline.replace(/[（(【[〔]|[）)】\]〕]/g, ' ').trim()
  if (text === '') return []
  if (!isHan(text)) return latinNames(text, bylineWords[language.slice(0, 2)])
  const plain = text
    .replace(roles, '、')
    // 李 明: a name of two characters is set with a space so that it is as wide as one of three.
    .replace(/(?<![\p{Script=Han}])(\p{Script=Han})[ \u3000](\p{Script=Han})(?![\p{Script=Han}])/gu, '$1$2')
  const names = plain.split(/[、,，;；:：/／|\s\u3000]+/u).filter((name) => name !== '')
  return [...new Set(names)].slice(0, 50).map((literal) => ({ literal }))
}

function latinNames(text: string, word = /^by\s+/i): CitationName[] {
  const people = text
    .replace(word, '')
    .split(/\s*(?:,|;|&|\b(?:and|und|et|y|en)\b(?=\s))\s*/i)
    .map((name) => name.trim())
    .filter((name) => name !== '' && !/correspondent|reporter|staff|writer/i.test(name))
  return people.slice(0, 50).map((name): CitationName => {
    const words = name.split(/\s+/)
    const family = words.pop() ?? name
    const looksLikePerson = words.length > 0 && words.length < 4 && /^\p{Lu}/u.test(family)
    return looksLikePerson ? { family, given: words.join(' ') } : { literal: name }
  })
}
