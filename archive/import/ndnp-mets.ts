import type { Metadata } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { readXml } from './xml-events.ts'

/** A file of a page as the METS names it. */
export interface NdnpFile {
  /** master, service, derivative, ocr. */
  use: string
  href: string
}

export interface NdnpPage {
  /** Page label as printed: `1`, `A1`. */
  label?: string
  /** Label of its section: `Part 2`. */
  section?: string
  files: NdnpFile[]
  metadata: Metadata
}

/** The issue METS of an NDNP batch (Library of Congress, NDNP Technical Guidelines, appendix B). */
export interface NdnpIssue {
  label: string
  lccn?: string
  date?: string
  volume?: string
  number?: string
  edition?: number
  language?: string
  pages: NdnpPage[]
}

/** One `dmdSec`: MODS values by what they are (`volume`, `start`, `reel number`). */
type Description = Record<string, string>

interface Division {
  type: string
  description: string
  files: string[]
}

const issueType = 'urn:library-of-congress:ndnp:mets:newspaper:issue'

/** Elements whose text is a value, named by their own `type` or by that of the element around them. */
const valueNames = new Set(['number', 'start', 'identifier', 'dateIssued', 'languageTerm', 'note', 'caption'])

interface Collected {
  type: string
  label: string
  descriptions: Map<string, Description>
  files: Map<string, NdnpFile>
  divisions: Division[]
}

function collect(bytes: Uint8Array): Collected {
  const found: Collected = { type: '', label: '', descriptions: new Map(), files: new Map(), divisions: [] }
  let description: Description = {}
  let [detail, key, text] = ['', '', '']
  let file: NdnpFile | undefined
  const open: Division[] = []
  readXml(bytes, {
    open: ({ name, attributes }) => {
      ;[key, text] = ['', '']
      if (name === 'mets') [found.type, found.label] = [attributes.TYPE ?? '', attributes.LABEL ?? '']
      if (name === 'dmdSec') found.descriptions.set(attributes.ID ?? '', (description = {}))
      if (name === 'detail') detail = attributes.type ?? ''
      if (valueNames.has(name)) {
        key = name === 'number' || name === 'caption' ? detail : (attributes.type ?? name)
      }
      if (name === 'file') found.files.set(attributes.ID ?? '', (file = { use: attributes.USE ?? '', href: '' }))
      if (name === 'FLocat' && file) file.href = attributes.href ?? ''
      if (name === 'div') {
        const division = { type: attributes.TYPE ?? '', description: attributes.DMDID ?? '', files: [] }
        open.push(division)
        found.divisions.push(division)
      }
      if (name === 'fptr') open.at(-1)?.files.push(attributes.FILEID ?? '')
    },
    text: (piece) => {
      if (key) text += piece
    },
    close: (name) => {
      if (key && valueNames.has(name)) {
        const value = cleanLine(text)
        if (value && !(key in description)) description[key] = value
        key = ''
      }
      if (name === 'detail') detail = ''
      if (name === 'div') open.pop()
    },
  })
  return found
}

function describe(found: Collected, division: Division): Description {
  const ids = division.description.split(/\s+/)
  return Object.assign({}, ...ids.map((id) => found.descriptions.get(id) ?? {})) as Description
}

function pageOf(found: Collected, division: Division, section: string | undefined): NdnpPage {
  const said = describe(found, division)
  const { start, 'page number': printed, 'section label': ownSection, ...rest } = said
  const files = division.files.map((id) => found.files.get(id)).filter((file) => file !== undefined)
  return { label: printed ?? start, section: ownSection ?? section, files, metadata: rest }
}

/**
 * Parses an issue METS; undefined when the XML is another METS, such as a reel's. Throws Error on XML that is not well
 * formed.
 */
export function parseNdnpIssue(bytes: Uint8Array): NdnpIssue | undefined {
  const found = collect(bytes)
  const issue = found.divisions.find((division) => /(?:^|:)issue$/i.test(division.type))
  if (found.type !== issueType && !issue) return undefined
  const said: Description = issue ? describe(found, issue) : {}
  const pages: NdnpPage[] = []
  let section: string | undefined
  for (const division of found.divisions) {
    if (/(?:^|:)section$/i.test(division.type)) section = describe(found, division)['section label']
    if (/(?:^|:)page$/i.test(division.type)) pages.push(pageOf(found, division, section))
  }
  const edition = Number.parseInt(said.edition ?? '', 10)
  return {
    label: found.label,
    lccn: said.lccn,
    date: /^\d{4}-\d{2}-\d{2}/.exec(said.dateIssued ?? '')?.[0] ?? /\d{4}-\d{2}-\d{2}$/.exec(found.label.trim())?.[0],
    volume: said.volume,
    number: said.issue,
    edition: edition > 0 ? edition : undefined,
    language: said.languageTerm,
    pages,
  }
}

/** An issue as a batch lists it. */
export interface ListedIssue {
  lccn: string
  date: string
  edition: number
  href: string
}

/** The list of a batch (`batch.xml`), as far as it could be read. */
export interface NdnpBatch {
  name?: string
  issues: ListedIssue[]
  reels: string[]
  /** Why reading stopped before the end. */
  problem?: string
}

/** Reads a batch list. Lists damaged at their end are met in deliveries: what stands before the damage counts. */
export function parseNdnpBatch(bytes: Uint8Array): NdnpBatch | undefined {
  const batch: NdnpBatch = { issues: [], reels: [] }
  let isBatch = false
  let attributesOf: Record<string, string> = {}
  let text = ''
  try {
    readXml(bytes, {
      open: ({ name, attributes }) => {
        if (name === 'batch') [isBatch, batch.name] = [true, attributes.name]
        attributesOf = attributes
        text = ''
      },
      text: (piece) => {
        text += piece
      },
      close: (name) => {
        const { lccn = '', issueDate: date = '', editionOrder = '1' } = attributesOf
        const href = text.trim()
        if (name === 'issue') batch.issues.push({ lccn, date, edition: Number.parseInt(editionOrder, 10) || 1, href })
        if (name === 'reel') batch.reels.push(href)
        text = ''
      },
    })
  } catch (error) {
    batch.problem = error instanceof Error ? error.message : String(error)
  }
  return isBatch ? batch : undefined
}
