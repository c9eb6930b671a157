import type { Json, JsonObject, NotePlace } from './annotation-model.ts'
import { idOf, isObject, listOf, numberOf, textOf, withoutUndefined } from './json-value.ts'

/** Where an annotation stands, in its target: an IRI that names title, date, edition, page and article. */

/** The JSON-LD property, beside the W3C's own, that holds what a citation needs. */
export const placeProperty = 'banmian:place'
/** W3C's context, and the prefix of our own properties (JSON-LD 1.1, section 4.1). */
export const annotationContext: Json[] = [
  'http://www.w3.org/ns/anno.jsonld',
  { banmian: 'urn:banmian:ns:', [placeProperty]: { '@type': '@json' }, 'banmian:boxes': { '@type': '@json' } },
]

/** The IRI of an issue, of a page of it, or of an article. */
export function placeIri(place: NotePlace, part: 'issue' | 'page' | 'article'): string {
  const names = [place.title, place.date, String(place.edition)]
  if (part === 'page' && place.page) names.push(place.page.id)
  const issue = `urn:banmian:issue:${names.map((name) => encodeURIComponent(name)).join(':')}`
  return part === 'article' && place.article ? `${issue}#${encodeURIComponent(place.article.id)}` : issue
}

/** The target that an annotation is about, as an object: the first of several. */
export function targetOf(annotation: JsonObject): JsonObject {
  const [target] = listOf(annotation['target'])
  if (isObject(target)) return target
  return typeof target === 'string' ? { source: target } : {}
}

/** The selectors of a target, also those that refine another. */
export function selectorsOf(target: JsonObject): JsonObject[] {
  const found: JsonObject[] = []
  const take = (selector: Json | undefined, depth: number): void => {
    for (const each of listOf(selector)) {
      if (!isObject(each)) continue
      found.push(each)
      if (depth > 0) take(each['refinedBy'], depth - 1)
      if (depth > 0 && each['type'] === 'Choice') take(each['items'], depth - 1)
    }
  }
  take(target['selector'], 4)
  const own = textOf(target['id']) || idOf(target['source'])
  const [, fragment] = own.split('#')
  if (fragment?.startsWith('xywh=')) found.push({ type: 'FragmentSelector', value: fragment })
  return found
}

/** The place in a target; of a target that names none of ours, its IRI stands for the title. */
export function placeOf(annotation: JsonObject): NotePlace {
  const target = targetOf(annotation)
  const iri = idOf(target['source']) || textOf(target['id'])
  const known = isObject(target[placeProperty]) ? target[placeProperty] : undefined
  const named = namedPlace(iri)
  if (!known && !named) return { ...nowhere, titleName: iri }
  const place: NotePlace = { ...nowhere, ...named }
  if (!known) return place
  for (const name of ['archive', 'archiveName', 'title', 'titleName', 'language', 'date'] as const) {
    const value = textOf(known[name])
    if (value !== '') place[name] = value
  }
  place.edition = numberOf(known['edition']) ?? place.edition
  if (textOf(known['number'])) place.number = textOf(known['number'])
  if (textOf(known['supplement'])) place.supplement = textOf(known['supplement'])
  const { page, article } = known
  if (isObject(page)) place.page = pageOf(page)
  if (isObject(article)) place.article = articleOf(article)
  return place
}

const nowhere: NotePlace = {
  archive: '',
  archiveName: '',
  title: '',
  titleName: '',
  language: '',
  date: '',
  edition: 1,
}

function namedPlace(iri: string): Partial<NotePlace> | undefined {
  const match = /^urn:banmian:issue:([^:#]+):(\d{4}-\d{2}-\d{2}):(\d{1,3})(?::([^:#]+))?(?:#(.+))?$/.exec(iri)
  if (!match) return undefined
  const [title = '', date = '', edition = '1', page, article] = match.slice(1)
  return {
    title: decoded(title),
    titleName: decoded(title),
    date,
    edition: Number(edition),
    ...(page && { page: { id: decoded(page), label: '', name: '' } }),
    ...(article && !article.startsWith('xywh=') && { article: { id: decoded(article), headline: '', pages: [] } }),
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function pageOf(page: JsonObject): NonNullable<NotePlace['page']> {
  const sha256 = textOf(page['sha256'])
  const known = { id: textOf(page['id']), label: textOf(page['label']), name: textOf(page['name']) }
  return sha256 ? { ...known, sha256 } : known
}

function articleOf(article: JsonObject): NonNullable<NotePlace['article']> {
  const pages = listOf(article['pages']).filter((page): page is string => typeof page === 'string')
  const known: NonNullable<NotePlace['article']> = {
    id: textOf(article['id']),
    headline: textOf(article['headline']),
    pages,
  }
  for (const name of ['kicker', 'subtitle', 'byline'] as const) {
    const value = textOf(article[name])
    if (value) known[name] = value
  }
  return known
}

/** A place as it is written into a target. */
export function placeJson(place: NotePlace): JsonObject {
  const { page, article, ...issue } = place
  return withoutUndefined({
    ...issue,
    page: page && withoutUndefined({ ...page }),
    article: article && withoutUndefined({ ...article }),
  })
}
