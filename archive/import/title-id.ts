import { createHash } from 'node:crypto'

/**
 * The id of a title from its identifier or name: lower case letters, digits, `-`, `_`, `.`, which are safe in paths. A
 * name in another script gives letters of its hash: the same name always the same id.
 */
export function titleIdOf(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d._-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, 100)
  const letters = [...text].filter((character) => /[\p{L}\p{N}]/u.test(character)).length
  if (plain.length >= Math.max(1, letters / 2)) return plain
  return `paper-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`
}

const dateLike = /^(?:[\d_.-]+|\d{4}.*\d{2}.*|\d{1,4}[年月日])$/
const general =
  /^(?:data|files?|images?|img|scans?|tiffs?|jpe?gs?|jp2|png|webp|master|alto|ocr|xml|text|texte?s?|page|pages|pdf|mets|toc|issues?|originals?|tests?|fixtures|resources|src|spec|max|default|gt-page|groundtruth|candidate|manifests?|annotations?)$/i

/** True for names of folders that say what lies in them and not which newspaper it is: `scans`, `ocr`, `1921`. */
export function isGeneralFolder(name: string): boolean {
  return dateLike.test(name) || general.test(name)
}

/** The nearest folder above a file whose name could be that of a newspaper; undefined when there is none. */
export function titleFolderOf(path: string): string | undefined {
  return path
    .split('/')
    .slice(0, -1)
    .reverse()
    .find((name) => !isGeneralFolder(name))
}
