import type { PictureKind } from './services.ts'

/** What a picture's URL names. */
export interface PictureName {
  archive: string
  kind: PictureKind
  id: number
  part: number
}

/**
 * URL of a picture: `archive://<archive>/<kind>/<id>/<part>`, numbers only and never a path. `version`: anything that
 * changes with the picture's content, so that a browser may keep what it has.
 */
export function pictureUrl(archive: string, kind: PictureKind, id: number, part: number, version: string): string {
  const stamp = version.replace(/[^0-9a-f]/g, '').slice(0, 12)
  return `archive://${archive}/${kind}/${id}/${part}${stamp ? `?${stamp}` : ''}`
}

/** What a URL names; undefined for anything that is not exactly such a URL. */
export function parsePictureUrl(url: string): PictureName | undefined {
  const match =
    /^archive:\/\/([0-9a-f]{16})\/(page|thumbnail|photo|made)\/(\d{1,12})\/(\d{1,4})(?:\?[0-9a-f]{0,12})?$/.exec(url)
  if (!match?.[1] || !match[2]) return undefined
  return { archive: match[1], kind: match[2] as PictureKind, id: Number(match[3]), part: Number(match[4]) }
}
