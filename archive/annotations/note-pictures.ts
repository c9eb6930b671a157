import { readFile } from 'node:fs/promises'
import { Transformer } from '@napi-rs/image'
import type { JsonObject } from './annotation-model.ts'
import { noteOf } from './annotation-record.ts'
import { boxAround } from './region-shape.ts'
import { findIssue, locatePagePicture, pagesOf, type Reading } from '../reading.ts'

const mostPictures = 300
const quality = 88

/**
 * The regions of notes cut out of their pages at native resolution, by the notes' ids, as `data:` URLs. Of archives that
 * are open; a page that is not there or cannot be decoded leaves its note without a picture.
 */
export async function regionPictures(
  records: readonly JsonObject[],
  readings: readonly Reading[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const pages = new Map<string, Buffer | undefined>()
  for (const record of records) {
    const { id, shape, place } = noteOf(record)
    const reading = readings.find(({ declaration }) => declaration.id === place.archive)
    if (!shape || !place.page || !reading || found.size >= mostPictures) continue
    const key = [place.archive, place.title, place.date, place.edition, place.page.id].join('/')
    if (!pages.has(key)) {
      // One page at a time stays in memory: notes come by place, and scans are large.
      pages.clear()
      pages.set(key, await pageBytes(reading, place, place.page.id).catch(() => undefined))
    }
    const bytes = pages.get(key)
    const picture = bytes && (await cut(bytes, boxAround(shape)).catch(() => undefined))
    if (picture) found.set(id, `data:image/jpeg;base64,${picture.toString('base64')}`)
  }
  return found
}

async function pageBytes(
  reading: Reading,
  issue: { title: string; date: string; edition: number },
  page: string,
): Promise<Buffer | undefined> {
  const row = pagesOf(reading, findIssue(reading, issue).id).find(({ local }) => local === page)
  return row && readFile(await locatePagePicture(reading, row.id, 'page'))
}

async function cut(bytes: Buffer, { x, y, w, h }: ReturnType<typeof boxAround>): Promise<Buffer> {
  const picture = new Transformer(bytes)
  const { width, height } = await picture.metadata()
  const left = Math.max(0, Math.floor(x * width))
  const top = Math.max(0, Math.floor(y * height))
  const right = Math.min(width, Math.ceil((x + w) * width))
  const bottom = Math.min(height, Math.ceil((y + h) * height))
  return picture.crop(left, top, Math.max(1, right - left), Math.max(1, bottom - top)).jpeg(quality)
}
