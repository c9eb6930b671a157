import { randomUUID } from 'node:crypto'
import type { HitBox } from '../model.ts'
import {
  noteColours,
  noteKinds,
  type Json,
  type JsonObject,
  type Note,
  type NoteEdit,
  type NoteLevel,
  type NotePlace,
  type NoteShape,
  type TextQuote,
} from './annotation-model.ts'
import {
  commentOf,
  correctionOf,
  linksOf,
  tagsOf,
  withComment,
  withCorrection,
  withLinks,
  withTags,
} from './annotation-bodies.ts'
import {
  annotationContext,
  placeIri,
  placeJson,
  placeOf,
  placeProperty,
  selectorsOf,
  targetOf,
} from './annotation-place.ts'
import { isObject, listOf, numberOf, textOf, withoutUndefined } from './json-value.ts'
import { selectorOf, shapeOf } from './region-shape.ts'

/**
 * The canonical record of a note: a W3C Web Annotation (Recommendation of 23 February 2017) as JSON-LD. What this
 * program does not know in it stays where it is; an edit touches what it names and nothing else.
 */

const colourProperty = 'banmian:colour'
const boxesProperty = 'banmian:boxes'

/** What a new note is made of. */
export interface NewNote {
  level: NoteLevel
  place: NotePlace
  shape?: NoteShape
  quote?: TextQuote
  /** Where the quote stood on its pages. */
  boxes?: HitBox[]
  edit: NoteEdit
}

/** A new annotation. `at`: ISO time. */
export function newAnnotation({ level, place, shape, quote, boxes, edit }: NewNote, at: string): JsonObject {
  const onPage = level === 'region' || level === 'page'
  const part = onPage ? 'page' : level === 'issue' ? 'issue' : 'article'
  const selectors: Json[] = [...(shape ? [selectorOf(shape)] : []), ...(quote ? quoteSelectors(quote) : [])]
  const target = withoutUndefined({
    type: 'SpecificResource',
    source: { id: placeIri(place, part), type: onPage ? 'Image' : 'Text' },
    selector: selectors.length > 0 ? selectors : undefined,
    [placeProperty]: placeJson(place),
    [boxesProperty]: boxes && boxes.length > 0 ? boxes.map((box) => ({ ...box })) : undefined,
  })
  const bare: JsonObject = {
    '@context': annotationContext,
    id: `urn:uuid:${randomUUID()}`,
    type: 'Annotation',
    motivation: edit.kind ?? 'commenting',
    created: at,
    modified: at,
    body: [],
    target,
  }
  const { shape: _shape, ...rest } = edit
  return editedAnnotation(bare, rest, at)
}

function quoteSelectors({ exact, prefix, suffix, start, end }: TextQuote): JsonObject[] {
  return [
    { type: 'TextQuoteSelector', exact, prefix, suffix },
    { type: 'TextPositionSelector', start, end },
  ]
}

/** The annotation with what an edit names; `at` becomes its time of change. */
export function editedAnnotation(annotation: JsonObject, edit: NoteEdit, at: string): JsonObject {
  let changed: JsonObject = { ...annotation, modified: at }
  if (edit.kind !== undefined) changed = { ...changed, motivation: withKind(annotation['motivation'], edit.kind) }
  if (edit.colour !== undefined) changed = { ...changed, [colourProperty]: edit.colour }
  if (edit.comment !== undefined) changed = withComment(changed, edit.comment)
  if (edit.correction !== undefined) changed = withCorrection(changed, edit.correction)
  if (edit.tags !== undefined) changed = withTags(changed, edit.tags)
  if (edit.links !== undefined) changed = withLinks(changed, edit.links)
  return edit.shape === undefined ? changed : withShape(changed, edit.shape)
}

function withKind(motivation: Json | undefined, kind: string): Json {
  if (!Array.isArray(motivation)) return kind
  const known: readonly string[] = noteKinds
  const at = motivation.findIndex((each) => typeof each === 'string' && known.includes(each))
  return at < 0 ? [kind, ...motivation] : motivation.map((each, index) => (index === at ? kind : each))
}

function withShape(annotation: JsonObject, shape: NoteShape): JsonObject {
  const target = targetOf(annotation)
  const kept = listOf(target['selector']).filter((each) => !isObject(each) || shapeOf(each) === undefined)
  const moved = { ...target, selector: [selectorOf(shape), ...kept] }
  const { target: before } = annotation
  return { ...annotation, target: Array.isArray(before) ? [moved, ...before.slice(1)] : moved }
}

/** What the interface shows of an annotation. Never throws: what is not understood is shown as a note without it. */
export function noteOf(annotation: JsonObject): Note {
  const place = placeOf(annotation)
  const target = targetOf(annotation)
  const selectors = selectorsOf(target)
  const shape = selectors.map((selector) => shapeOf(selector)).find((found) => found !== undefined)
  const quote = quoteOf(selectors)
  const colour = noteColours.find((name) => name === annotation[colourProperty]) ?? 'indigo'
  const motivations = listOf(annotation['motivation'])
  const created = textOf(annotation['created'])
  const correction = correctionOf(annotation)
  return {
    id: textOf(annotation['id']),
    kind: noteKinds.find((kind) => motivations.includes(kind)) ?? 'commenting',
    colour,
    comment: commentOf(annotation),
    ...(correction !== undefined && { correction }),
    tags: tagsOf(annotation),
    links: linksOf(annotation),
    level: levelOf(place, target, shape, quote),
    place,
    ...(shape && { shape }),
    ...(quote && { quote }),
    created,
    modified: textOf(annotation['modified']) || created,
  }
}

function levelOf(
  place: NotePlace,
  target: JsonObject,
  shape: NoteShape | undefined,
  quote: TextQuote | undefined,
): NoteLevel {
  const { source } = target
  if (shape && place.page) return 'region'
  if (quote && place.article) return 'text'
  const isImage = isObject(source) && source['type'] === 'Image'
  if (place.article && !isImage) return 'article'
  return place.page ? 'page' : 'issue'
}

function quoteOf(selectors: JsonObject[]): TextQuote | undefined {
  const quote = selectors.find((selector) => selector['type'] === 'TextQuoteSelector')
  const exact = textOf(quote?.['exact'])
  if (!quote || exact === '') return undefined
  const position = selectors.find((selector) => selector['type'] === 'TextPositionSelector')
  const start = numberOf(position?.['start']) ?? 0
  return {
    exact,
    prefix: textOf(quote['prefix']),
    suffix: textOf(quote['suffix']),
    start,
    end: numberOf(position?.['end']) ?? start + exact.length,
  }
}

/** Where a quote stood on its pages when the note was made. */
export function keptBoxes(annotation: JsonObject): HitBox[] {
  return listOf(targetOf(annotation)[boxesProperty]).flatMap((box) => {
    if (!isObject(box)) return []
    const [x, y, w, h] = ['x', 'y', 'w', 'h'].map((name) => numberOf(box[name]))
    if (x === undefined || y === undefined || w === undefined || h === undefined) return []
    return [{ page: textOf(box['page']), x, y, w, h, precision: 'word' as const }]
  })
}
