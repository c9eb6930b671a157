import type { Metadata } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { dateIn } from './date-text.ts'
import { elementsOf, textContent, type XmlNode } from './xml-tree.ts'

/** What a descriptive section says (MODS 3, Dublin Core): of a title, an issue, a page or an article. */
export interface MetsDescription {
  titles: string[]
  subtitles: string[]
  /** Title of what it is part of. */
  host?: string
  people: string[]
  date?: string
  /** When no day is known. */
  year?: string
  language?: string
  volume?: string
  number?: string
  edition?: string
  place?: string
  genres: string[]
  /** By their types, `zdb`, `issn`, `lccn`, `local` … ; of the title when it is a description of one. */
  identifiers: Map<string, string>
  /** Everything else, by the names of the elements. */
  metadata: Metadata
}

interface Reading {
  description: MetsDescription
  isHost: boolean
}

function keep(metadata: Metadata, name: string, value: string): void {
  const before = metadata[name]
  if (before === undefined) metadata[name] = value
  else if (Array.isArray(before)) before.push(value)
  else if (before !== value) metadata[name] = [String(before), value]
}

function readDate(description: MetsDescription, value: string): void {
  description.date ??= dateIn(value)
  // A span is no date: `1759-1800`.
  description.year ??= /^\D*(1[5-9]\d{2}|20\d{2})(?:-\d{2})?\D*$/.exec(value)?.[1]
}

function valueOf(node: XmlNode, name: string): string {
  return cleanLine(elementsOf(node, name).map(textContent).join(' '))
}

function readTitle(node: XmlNode, { description, isHost }: Reading): void {
  const title = cleanLine([valueOf(node, 'nonSort'), valueOf(node, 'title')].join(' '))
  const subtitle = valueOf(node, 'subTitle')
  if (isHost) description.host ??= title || undefined
  else if (title !== '' && node.attributes.type === undefined) description.titles.push(title)
  else if (title !== '') keep(description.metadata, `title ${node.attributes.type ?? ''}`, title)
  if (!isHost && subtitle !== '') description.subtitles.push(subtitle)
}

function readOrigin(node: XmlNode, { description, isHost }: Reading): void {
  const event = node.attributes.eventType ?? ''
  const isScan = /digiti|reproduc/i.test(event) || valueOf(node, 'edition').includes('[Electronic')
  for (const each of elementsOf(node)) {
    const value = cleanLine(textContent(each))
    if (value === '') continue
    const isDate = /^date(?:Issued|Created|Other)$/.test(each.name) && !isScan && !isHost
    if (isDate) readDate(description, value)
    if (each.name === 'place' && !isScan) description.place ??= value
    keep(description.metadata, `${each.name}${isScan ? ' of the scan' : ''}`, value)
  }
}

function readPerson(node: XmlNode, { description, isHost }: Reading): void {
  const parts = elementsOf(node, 'namePart')
  const part = (type: string): string =>
    cleanLine(
      parts
        .filter(({ attributes }) => attributes.type === type)
        .map(textContent)
        .join(' '),
    )
  const plain = cleanLine(
    parts
      .filter(({ attributes }) => attributes.type === undefined)
      .map(textContent)
      .join(' '),
  )
  const name = valueOf(node, 'displayForm') || plain || cleanLine(`${part('given')} ${part('family')}`)
  if (name !== '' && !isHost) description.people.push(name)
}

function readPart(node: XmlNode, { description }: Reading): void {
  for (const detail of elementsOf(node, 'detail')) {
    const value = valueOf(detail, 'number') || valueOf(detail, 'caption') || valueOf(detail, 'title')
    const type = detail.attributes.type ?? ''
    if (value === '') continue
    if (/^volume$/i.test(type)) description.volume ??= value
    else if (/^(?:issue|number)$/i.test(type)) description.number ??= value
    else if (/^edition$/i.test(type)) description.edition ??= value
    else keep(description.metadata, type || 'detail', value)
  }
  for (const each of elementsOf(node)) {
    const value = cleanLine(textContent(each))
    if (each.name === 'date') readDate(description, value)
    else if (each.name !== 'detail' && value !== '')
      keep(description.metadata, `${each.name} ${each.attributes.unit ?? ''}`.trim(), value)
  }
}

const designation = /sequentialDesignation(\d)/

/** Leaves of MODS and Dublin Core. */
function readLeaf(node: XmlNode, reading: Reading): void {
  const { description, isHost } = reading
  const value = cleanLine(textContent(node))
  const type = (node.attributes.type ?? '').replace(/^.*:/, '')
  if (value === '') return
  const rank = designation.exec(node.attributes.type ?? '')?.[1]
  if (node.name === 'languageTerm' || node.name === 'language') description.language ??= value
  else if (node.name === 'identifier' || node.name === 'recordIdentifier') {
    const name = type || node.attributes.source || node.name
    if (isHost || !description.identifiers.has(name)) description.identifiers.set(name, value)
  } else if (node.name === 'genre' || node.name === 'classification') description.genres.push(value)
  else if (node.name === 'date') readDate(description, value)
  else if (node.name === 'issuenumber') description.number ??= value
  else if (node.name === 'volumenumber' || node.name === 'volume') description.volume ??= value
  else if (/^edition(?:number)?$/.test(node.name) && /\d/.test(value)) description.edition ??= value
  else if (node.name === 'title' && !isHost && !/pagination/.test(type)) description.titles.push(value)
  else if (rank === '2') description.number ??= value
  else if (rank === '1') description.volume ??= value
  else keep(description.metadata, type && type !== node.name ? `${node.name} ${type}` : node.name, value)
}

function read(node: XmlNode, reading: Reading): void {
  if (node.name === 'relatedItem') {
    const isHost = /^(?:host|series)$/i.test(node.attributes.type ?? '')
    if (isHost) for (const each of elementsOf(node)) read(each, { ...reading, isHost })
    return
  }
  if (node.name === 'titleInfo') readTitle(node, reading)
  else if (node.name === 'originInfo') readOrigin(node, reading)
  else if (node.name === 'name') readPerson(node, reading)
  else if (node.name === 'part') readPart(node, reading)
  else if (elementsOf(node).length === 0) readLeaf(node, reading)
  else for (const each of elementsOf(node)) read(each, reading)
}

/** Reads a `dmdSec`, or any element that holds MODS or Dublin Core. */
export function metsDescription(section: XmlNode): MetsDescription {
  const description: MetsDescription = {
    titles: [],
    subtitles: [],
    people: [],
    genres: [],
    identifiers: new Map(),
    metadata: {},
  }
  read(section, { description, isHost: false })
  return description
}

/** Several descriptions as one: the first that says something counts. */
export function joinDescriptions(all: readonly MetsDescription[]): MetsDescription {
  const first = <Value>(pick: (each: MetsDescription) => Value | undefined): Value | undefined =>
    all.map(pick).find((value) => value !== undefined)
  return {
    titles: all.find((each) => each.titles.length > 0)?.titles ?? [],
    subtitles: all.find((each) => each.subtitles.length > 0)?.subtitles ?? [],
    people: all.flatMap((each) => each.people),
    genres: all.flatMap((each) => each.genres),
    host: first((each) => each.host),
    date: first((each) => each.date),
    year: first((each) => each.year),
    language: first((each) => each.language),
    volume: first((each) => each.volume),
    number: first((each) => each.number),
    edition: first((each) => each.edition),
    place: first((each) => each.place),
    identifiers: new Map([...all].reverse().flatMap((each) => [...each.identifiers])),
    metadata: Object.assign({}, ...[...all].reverse().map((each) => each.metadata)) as Metadata,
  }
}
