import { type AnnotationTarget, idOf, typeOf } from './annotations.ts'
import { cleanLine } from './clean-text.ts'
import { isJsonObject, type JsonObject, listOf, objectsOf, textOf } from './json-values.ts'
import type { Metadata } from '../model.ts'

/** A page of a manifest. */
export interface IiifCanvas {
  id: string
  label: string
  width: number
  height: number
  /** Addresses of its pictures, and of the image services that give them. */
  pictures: string[]
  /** Text files in another format: ALTO, hOCR. */
  texts: string[]
  /** PDFs of the page. */
  pdfs: string[]
  /** Annotation pages and lists that are named; those inside the canvas are in `value`. */
  annotations: string[]
  value: JsonObject
}

/** A range of the table of contents that is not only a heading of others. */
export interface IiifRange {
  id: string
  label: string
  /** Labels of the ranges around it, outermost first. */
  path: string[]
  targets: AnnotationTarget[]
  /** Annotation collection with its text. */
  text?: string
  /** What the manifest itself says of it: often the start of the text. */
  summary?: string
}

/** A manifest of Presentation 2 or 3, in one form. */
export interface IiifManifest {
  id: string
  label: string
  date?: string
  language?: string
  viewingDirection?: string
  /** PDFs of the whole issue. */
  pdfs: string[]
  canvases: IiifCanvas[]
  ranges: IiifRange[]
  metadata: Metadata
}

/**
 * A label in whatever form: text, `@value`, language map, list of these. Of several languages the first one is taken,
 * of several values all.
 */
export function labelOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return cleanLine(String(value))
  if (Array.isArray(value)) {
    const tagged = objectsOf(value).filter((each) => each['@language'] !== undefined)
    // The same in several languages, and several values, look alike but for their tags.
    if (tagged.length > 1 && new Set(tagged.map((each) => each['@language'])).size > 1) return labelOf(tagged[0])
    return value
      .map(labelOf)
      .filter((each) => each !== '')
      .join(', ')
  }
  if (!isJsonObject(value)) return ''
  if (value['@value'] !== undefined) return labelOf(value['@value'])
  const [first] = Object.values(value)
  return labelOf(first)
}

function plain(html: string): string {
  return cleanLine(html.replace(/<[^>]*>/g, ' '))
}

function metadataOf(manifest: JsonObject): Metadata {
  const found: Metadata = {}
  for (const pair of objectsOf(manifest['metadata'])) {
    const [key, value] = [plain(labelOf(pair['label'])), plain(labelOf(pair['value']))]
    if (key !== '' && value !== '') found[key] = value
  }
  const statements: [string, unknown][] = [
    ['rights', manifest['rights'] ?? manifest['license']],
    ['attribution', manifest['attribution']],
    [
      'requiredStatement',
      isJsonObject(manifest['requiredStatement']) ? manifest['requiredStatement']['value'] : undefined,
    ],
    ['summary', manifest['summary'] ?? manifest['description']],
    ['id', idOf(manifest)],
  ]
  for (const [key, value] of statements) {
    const text = plain(labelOf(value))
    if (text !== '') found[key] = text
  }
  return found
}

const textFormats = /xml|alto|hocr|html/i

function pictureAddresses(resource: unknown): string[] {
  return objectsOf(resource).flatMap((each) => {
    const choices =
      typeOf(each) === 'Choice' ? pictureAddresses(each['items'] ?? [each['default'], ...listOf(each['item'])]) : []
    return [idOf(each), ...objectsOf(each['service']).map(idOf), ...choices]
  })
}

function linksOf(value: JsonObject): JsonObject[] {
  return [...objectsOf(value['rendering']), ...objectsOf(value['seeAlso'])]
}

function pdfsOf(value: JsonObject): string[] {
  return linksOf(value)
    .filter((each) => /pdf/i.test(textOf(each['format']) ?? '') || /\.pdf$/i.test(idOf(each)))
    .map(idOf)
}

function canvasOf(value: JsonObject): IiifCanvas {
  const painted = objectsOf(value['items']).flatMap((page) =>
    objectsOf(page['items']).flatMap((each) => pictureAddresses(each['body'])),
  )
  const images = objectsOf(value['images']).flatMap((each) => pictureAddresses(each['resource']))
  const linked = linksOf(value)
  const texts = linked.filter((each) =>
    textFormats.test(`${textOf(each['format']) ?? ''} ${textOf(each['profile']) ?? ''} ${idOf(each)}`),
  )
  const isInside = (each: unknown): boolean =>
    isJsonObject(each) && (each['items'] !== undefined || each['resources'] !== undefined)
  const annotations = [...listOf(value['annotations']), ...listOf(value['otherContent'])]
  return {
    id: idOf(value),
    label: labelOf(value['label']),
    width: Number(value['width']) || 0,
    height: Number(value['height']) || 0,
    pictures: [...painted, ...images].filter((id) => id !== ''),
    texts: texts.map(idOf),
    pdfs: pdfsOf(value),
    annotations: annotations
      .filter((each) => !isInside(each))
      .map(idOf)
      .filter((id) => id !== ''),
    value,
  }
}

/** `canvas#xywh=…` as text, or an object with a selector, is read by whoever knows the size of the canvas. */
type TargetReader = (value: unknown) => AnnotationTarget

function rangesOf(manifest: JsonObject, read: TargetReader): IiifRange[] {
  const ranges: IiifRange[] = []
  const all = objectsOf(manifest['structures'])
  const byId = new Map(all.map((range) => [idOf(range), range]))
  const seen = new Set<JsonObject>()
  const inner = new Set(all.flatMap((range) => [...listOf(range['ranges']), ...listOf(range['members'])]).map(idOf))
  const walk = (range: JsonObject, path: string[]): void => {
    if (seen.has(range)) return
    seen.add(range)
    const label = labelOf(range['label'])
    const members = [
      ...listOf(range['items']),
      ...listOf(range['members']),
      ...listOf(range['canvases']),
      ...listOf(range['ranges']),
    ]
    const isRange = (each: unknown): boolean => typeOf(each) === 'Range' || byId.has(idOf(each))
    const targets = members
      .filter((each) => !isRange(each))
      .map(read)
      .filter((target) => target.canvas !== '')
    const text = [...listOf(range['supplementary']), ...listOf(range['contentLayer'])]
      .map(idOf)
      .find((each) => each !== '')
    const summary = plain(labelOf(range['description'] ?? range['summary']))
    if (targets.length > 0)
      ranges.push({ id: idOf(range), label, path, targets, ...(text ? { text } : {}), ...(summary ? { summary } : {}) })
    for (const member of members.filter(isRange)) {
      // A range may stand here whole or only by its id.
      const isWhole = isJsonObject(member) && ['items', 'members', 'canvases', 'ranges'].some((key) => member[key])
      const next = isWhole ? member : byId.get(idOf(member))
      if (next) walk(next, label === '' ? path : [...path, label])
    }
  }
  for (const range of all) if (!inner.has(idOf(range))) walk(range, [])
  return ranges
}

/** Reads a manifest; undefined for JSON that is none. `read` reads what a range points at. */
export function readManifest(value: unknown, read: TargetReader): IiifManifest | undefined {
  if (!isJsonObject(value) || typeOf(value) !== 'Manifest') return undefined
  const canvases = [
    ...objectsOf(value['items']),
    ...objectsOf(value['sequences'])
      .slice(0, 1)
      .flatMap((sequence) => objectsOf(sequence['canvases'])),
  ]
  const metadata = metadataOf(value)
  const spoken = Object.entries(metadata).find(([key]) =>
    /^(?:language|sprache|langue|taal|iaith|idioma)/i.test(key),
  )?.[1]
  const sequence = objectsOf(value['sequences'])[0]
  const direction = textOf(value['viewingDirection']) ?? textOf(sequence?.['viewingDirection'])
  return {
    id: idOf(value),
    label: labelOf(value['label']),
    ...(textOf(value['navDate']) ? { date: textOf(value['navDate']) } : {}),
    ...(spoken ? { language: String(spoken) } : {}),
    ...(direction ? { viewingDirection: direction } : {}),
    pdfs: [...pdfsOf(value), ...(sequence ? pdfsOf(sequence) : [])],
    canvases: canvases.filter((each) => typeOf(each) === 'Canvas').map(canvasOf),
    ranges: rangesOf(value, read),
    metadata,
  }
}
