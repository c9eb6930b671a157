import { ArchiveError } from '../errors.ts'
import { decodeText } from './encoding.ts'

/** An object of a JSON file of which nothing is known. */
export type JsonObject = Record<string, unknown>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list, also where the file has a single value instead of a list of one, or nothing. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

/** The objects of a list. */
export function objectsOf(value: unknown): JsonObject[] {
  return listOf(value).filter(isJsonObject)
}

/** A text, also where a number stands for it. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

/** Deeper files are made by attackers; walking them would exhaust the stack. */
const deepestJson = 200

function isTooDeep(text: string): boolean {
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (isInText) {
      if (character === '\\') at++
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else if (character === '{' || character === '[') {
      if (++depth > deepestJson) return true
    } else if (character === '}' || character === ']') depth--
  }
  return false
}

/** The value of a JSON file. Throws ArchiveError `damaged-document` when it is none. */
export function parseJson(bytes: Uint8Array, file: string): unknown {
  const text = decodeText(bytes).text.replace(/^\uFEFF/, '')
  try {
    if (isTooDeep(text)) throw new Error(`nested deeper than ${deepestJson} levels`)
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new ArchiveError('damaged-document', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}
