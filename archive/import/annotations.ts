import type { Point } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { isJsonObject, type JsonObject, listOf, objectsOf, parseJson, textOf } from './json-values.ts'
import { aroundPoints, pointsOf, type Rect, type Size } from './page-text.ts'

/** One place that an annotation points at, in the pixels of the canvas or picture. */
export interface AnnotationTarget {
  /** Id of the canvas or picture, without fragment. */
  canvas: string
  rect?: Rect
  /** The same in hundredths of the canvas, where it is given so. */
  percent?: Rect
  polygon?: Point[]
}

/** An annotation of W3C Web Annotation, IIIF Presentation 3 or Open Annotation as Presentation 2 has it. */
export interface Annotation {
  id: string
  motivations: string[]
  text: string
  language?: string
  /** Text files that it names instead of holding the text. */
  references: { id: string; format: string }[]
  /** Category or tag, when a body is one. */
  label?: string
  targets: AnnotationTarget[]
}

/** Id of an object of Presentation 2 or 3. */
export function idOf(value: unknown): string {
  if (typeof value === 'string') return value
  return isJsonObject(value) ? (textOf(value['id']) ?? textOf(value['@id']) ?? '') : ''
}

/** Type without its prefix: `sc:Manifest` → `Manifest`. */
export function typeOf(value: unknown): string {
  if (!isJsonObject(value)) return ''
  const type = listOf(value['type'] ?? value['@type']).find((each) => typeof each === 'string')
  return String(type ?? '').replace(/^.*:/, '')
}

/** Where a place on a canvas begins in an address; other fragments are a part of ids. */
export const placeOnCanvas = /#(?:xywh|t)=.*$/

/** `xywh=pixel:1,2,3,4` and `xywh=percent:1,2,3,4` (Media Fragments 4.2.2). */
function fragmentPlace(fragment: string): Pick<AnnotationTarget, 'rect' | 'percent'> {
  const found = /xywh=(pixel:|percent:)?(-?[\d.]+),(-?[\d.]+),([\d.]+),([\d.]+)/.exec(fragment)
  const [x = 0, y = 0, w = 0, h = 0] = (found ?? []).slice(2).map(Number)
  if (!found) return {}
  return found[1] === 'percent:' ? { percent: { x, y, w, h } } : { rect: { x, y, w, h } }
}

/** The rectangle of a target in the units of a canvas of this size. */
export function rectOn({ rect, percent }: AnnotationTarget, size: Size): Rect | undefined {
  if (rect || !percent) return rect
  const [wide, high] = [size.width / 100, size.height / 100]
  return { x: percent.x * wide, y: percent.y * high, w: percent.w * wide, h: percent.h * high }
}

/** An address as the canvas and the place on it. */
function addressOf(text: string): AnnotationTarget {
  return { canvas: text.replace(placeOnCanvas, ''), ...fragmentPlace(placeOnCanvas.exec(text)?.[0] ?? '') }
}

/** The translation of `matrix(a b c d e f)` and `translate(x y)`; others turn or scale and are not seen in zones. */
function translation(svg: string): Point {
  const matrix = /matrix\(\s*([^)]*)\)/
    .exec(svg)?.[1]
    ?.match(/-?[\d.]+(?:e-?\d+)?/gi)
    ?.map(Number)
  if (matrix?.length === 6) return [matrix[4] ?? 0, matrix[5] ?? 0]
  const move = /translate\(\s*([^)]*)\)/
    .exec(svg)?.[1]
    ?.match(/-?[\d.]+/g)
    ?.map(Number)
  return [move?.[0] ?? 0, move?.[1] ?? 0]
}

/** The outline in an SVG selector: polygon, rect, or a path of straight lines in absolute coordinates. */
function svgPolygon(svg: string): Point[] | undefined {
  const attribute = (name: string): string => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(svg)?.[1] ?? ''
  const [dx, dy] = translation(svg)
  const moved = (points: Point[]): Point[] => points.map(([x, y]) => [x + dx, y + dy])
  if (/<polygon|<polyline/.test(svg)) return moved(pointsOf(attribute('points')))
  if (/<rect/.test(svg)) {
    const [x = 0, y = 0, w = 0, h = 0] = ['x', 'y', 'width', 'height'].map((name) => Number.parseFloat(attribute(name)))
    const [left, top] = [x || 0, y || 0]
    return moved([
      [left, top],
      [left + w, top],
      [left + w, top + h],
      [left, top + h],
    ])
  }
  const path = attribute('d')
  return /^[MLZ\s\d.,+-]+$/.test(path) ? moved(pointsOf(path)) : undefined
}

/** What a target, `on`, or member of a range points at. */
export function targetOf(value: unknown): AnnotationTarget {
  if (typeof value === 'string') return addressOf(value)
  if (!isJsonObject(value)) return { canvas: '' }
  const target = addressOf(idOf(value['source'] ?? value['full'] ?? value['id'] ?? value['@id']))
  const selectors = objectsOf(value['selector']).flatMap((each) => [
    each,
    ...objectsOf(each['default']),
    ...objectsOf(each['item']),
  ])
  for (const selector of selectors) {
    const said = textOf(selector['value']) ?? textOf(selector['chars']) ?? ''
    if (/<\w*:?(?:svg|g|polygon|polyline|rect|path)\b/.test(said)) target.polygon ??= svgPolygon(said)
    else if (!target.rect && !target.percent) Object.assign(target, fragmentPlace(said))
  }
  if (target.polygon) target.rect ??= aroundPoints(target.polygon)
  return target
}

function plainText(value: string, format: string): string {
  const text = format.includes('html') ? value.replace(/<br\s*\/?>|<\/p>/gi, '\n').replace(/<[^>]*>/g, '') : value
  return text
    .split(/\r?\n/)
    .map(cleanLine)
    .filter((line) => line !== '')
    .join('\n')
}

/** One annotation of any of the three vocabularies. */
function annotationOf(value: JsonObject): Annotation {
  const bodies = listOf(value['body'] ?? value['resource'])
  const annotation: Annotation = {
    id: idOf(value),
    motivations: listOf(value['motivation']).map((each) => String(each).replace(/^.*:/, '')),
    text: '',
    references: [],
    targets: listOf(value['target'] ?? value['on']).map(targetOf),
  }
  const texts: string[] = []
  for (const body of bodies) {
    if (typeof body === 'string') annotation.references.push({ id: body, format: '' })
    if (!isJsonObject(body)) continue
    const format = textOf(body['format']) ?? ''
    const said = body['value'] ?? body['chars'] ?? body['cnt:chars']
    const label = isJsonObject(said) ? textOf(said['name']) : undefined
    const isTag = /Label|Tag/.test(typeOf(body)) || textOf(body['purpose']) === 'tagging' || typeOf(body) === 'Tag'
    if (isTag) annotation.label ??= label ?? textOf(said)
    else if (typeof said === 'string') texts.push(plainText(said, format))
    else if (idOf(body) !== '' && said === undefined) annotation.references.push({ id: idOf(body), format })
    annotation.language ??= textOf(body['language'])
  }
  annotation.text = texts.filter((text) => text !== '').join('\n')
  return annotation
}

/**
 * Every annotation in a JSON value: in annotation pages and lists, and in those inside manifests and canvases. The
 * painting of a picture is none.
 */
export function annotationsIn(value: unknown): Annotation[] {
  const found: Annotation[] = []
  const walk = (each: unknown): void => {
    if (Array.isArray(each)) return each.forEach(walk)
    if (!isJsonObject(each)) return
    const isAnnotation = typeOf(each) === 'Annotation' || (each['target'] !== undefined && each['body'] !== undefined)
    if (isAnnotation) {
      const annotation = annotationOf(each)
      const isPicture = objectsOf(each['body'] ?? each['resource']).some((body) =>
        /^(?:Image|Canvas|Choice)$/.test(typeOf(body)),
      )
      if (!isPicture) found.push(annotation)
      return
    }
    for (const key of ['items', 'resources', 'annotations', 'otherContent', 'sequences', 'canvases', '@graph', 'first'])
      walk(each[key])
  }
  walk(value)
  return found
}

/** The annotations of a file. Throws ArchiveError `damaged-document`. */
export function readAnnotations(bytes: Uint8Array, file: string): Annotation[] {
  return annotationsIn(parseJson(bytes, file))
}
