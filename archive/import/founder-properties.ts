import type { Metadata } from '../model.ts'
import { cleanLine } from './clean-text.ts'

const opening = /<!--\s*enpproperty\b/gi
const closing = /\/\s*enpproperty\s*-->/gi
const field = /<([a-z][\w-]*)(?:\s[^>]*)?>([\s\S]*?)<\/\1\s*>/gi

/** Longest comment read: beyond this, it is no property list. */
const longestTrailer = 64 * 1024

function* trailers(html: string): Generator<string> {
  opening.lastIndex = 0
  for (let start = opening.exec(html); start; start = opening.exec(html)) {
    closing.lastIndex = opening.lastIndex
    const end = closing.exec(html)
    if (!end) return
    yield html.slice(opening.lastIndex, Math.min(end.index, opening.lastIndex + longestTrailer))
    opening.lastIndex = closing.lastIndex
  }
}

/** Longest value kept: some templates repeat the whole article in `founder-content`. */
const longestValue = 2000

/**
 * The fields of a page's `<!--enpproperty … /enpproperty-->` comments, by the source's own names, lower case. Markup
 * inside a value and CDATA are taken off; empty values are left out.
 */
export function enpProperties(html: string): Metadata {
  const found: Metadata = {}
  for (const inside of trailers(html)) {
    for (const [, name = '', raw = ''] of inside.matchAll(field)) {
      const value = cleanLine(
        raw
          .slice(0, longestValue)
          .replace(/<!\[CDATA\[|\]\]>/g, '')
          .replace(/<br\s*\/?>/gi, ' ')
          .replace(/<[^>]*>/g, ''),
      )
      const key = name.toLowerCase()
      if (value && !(key in found)) found[key] = value
    }
  }
  return found
}

/** A property as text. */
export function property(properties: Metadata, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = properties[name]
    if (typeof value === 'string' && value) return value
  }
  return undefined
}
