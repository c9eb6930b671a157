import type { Json, JsonObject } from './annotation-model.ts'
import { plainTextOfHtml } from './html-comment.ts'
import { idOf, isObject, listOf, textOf } from './json-value.ts'

/**
 * The bodies of an annotation (Web Annotation Data Model, section 3.2): its comment, its tags, its links. Writing keeps
 * every body that is not concerned as it is, and the form (one or a list) that was there.
 */

const notComments = ['editing', 'tagging', 'linking', 'classifying', 'identifying']

function purposesOf(body: JsonObject): string[] {
  return listOf(body['purpose']).map((each) => textOf(each))
}

function isTag(body: Json): body is JsonObject {
  return isObject(body) && purposesOf(body).includes('tagging') && typeof body['value'] === 'string'
}

function isLink(body: Json): body is JsonObject {
  return isObject(body) && purposesOf(body).includes('linking') && linkOf(body) !== ''
}

function linkOf(body: JsonObject): string {
  return idOf(body['source']) || textOf(body['id'])
}

function isComment(body: Json): body is JsonObject {
  return (
    isObject(body) &&
    typeof body['value'] === 'string' &&
    !purposesOf(body).some((purpose) => notComments.includes(purpose))
  )
}

/** The comment as Markdown; of HTML its text. */
export function commentOf(annotation: JsonObject): string {
  const body = listOf(annotation['body']).find((each) => isComment(each))
  if (!isObject(body)) return textOf(annotation['bodyValue'])
  const value = textOf(body['value'])
  return body['format'] === 'text/html' ? plainTextOfHtml(value) : value
}

/** What quoted words are read as instead: the body with the purpose `editing`. */
export function correctionOf(annotation: JsonObject): string | undefined {
  const body = listOf(annotation['body']).find((each) => isCorrection(each))
  return isObject(body) ? textOf(body['value']) : undefined
}

function isCorrection(body: Json): boolean {
  return isObject(body) && purposesOf(body).includes('editing') && typeof body['value'] === 'string'
}

export function withCorrection(annotation: JsonObject, correction: string): JsonObject {
  if (correction === correctionOf(annotation)) return annotation
  const bodies = listOf(annotation['body'])
  const at = bodies.findIndex((body) => isCorrection(body))
  const before = bodies[at]
  if (isObject(before)) return withBodies(annotation, bodies.toSpliced(at, 1, { ...before, value: correction }))
  const body = { type: 'TextualBody', value: correction, format: 'text/plain', purpose: 'editing' }
  return withBodies(annotation, [body, ...bodies])
}

export function tagsOf(annotation: JsonObject): string[] {
  const tags = listOf(annotation['body']).flatMap((body) => (isTag(body) ? [textOf(body['value'])] : []))
  return [...new Set(tags)]
}

export function linksOf(annotation: JsonObject): string[] {
  const links = listOf(annotation['body']).flatMap((body) => (isLink(body) ? [linkOf(body)] : []))
  return [...new Set(links)]
}

export function withComment(annotation: JsonObject, comment: string): JsonObject {
  if (comment === commentOf(annotation)) return annotation
  if (typeof annotation['bodyValue'] === 'string') return { ...annotation, bodyValue: comment }
  const bodies = listOf(annotation['body'])
  const at = bodies.findIndex((body) => isComment(body))
  const before = bodies[at]
  if (comment === '' && isPlainComment(before)) return withBodies(annotation, bodies.toSpliced(at, 1))
  if (isObject(before)) {
    const format: JsonObject = before['format'] === 'text/html' ? { format: 'text/markdown' } : {}
    return withBodies(annotation, bodies.toSpliced(at, 1, { ...before, ...format, value: comment }))
  }
  const body = { type: 'TextualBody', value: comment, format: 'text/markdown', purpose: 'commenting' }
  return withBodies(annotation, [body, ...bodies])
}

/** Only what this program itself writes: an emptied body that says more keeps what it says. */
function isPlainComment(body: Json | undefined): boolean {
  const own = ['type', 'value', 'format', 'purpose']
  return isObject(body) && Object.keys(body).every((name) => own.includes(name))
}

export function withTags(annotation: JsonObject, tags: string[]): JsonObject {
  const bodies = listOf(annotation['body'])
  const there = new Set(tagsOf(annotation))
  const kept = bodies.filter((body) => !isTag(body) || tags.includes(textOf(body['value'])))
  const added = tags
    .filter((tag) => !there.has(tag))
    .map((tag) => ({ type: 'TextualBody', value: tag, purpose: 'tagging' }))
  return withBodies(annotation, [...kept, ...added])
}

export function withLinks(annotation: JsonObject, links: string[]): JsonObject {
  const bodies = listOf(annotation['body'])
  const there = new Set(linksOf(annotation))
  const kept = bodies.filter((body) => !isLink(body) || links.includes(linkOf(body)))
  const added = links
    .filter((link) => !there.has(link))
    .map((link) => ({ type: 'SpecificResource', source: link, purpose: 'linking' }))
  return withBodies(annotation, [...kept, ...added])
}

function withBodies(annotation: JsonObject, bodies: Json[]): JsonObject {
  const before = annotation['body']
  const [only] = bodies
  if (bodies.length === 0 && before === undefined) return annotation
  const single = before !== undefined && !Array.isArray(before) && bodies.length === 1 && only !== undefined
  return { ...annotation, body: single ? only : bodies }
}
