import { Transformer } from '@napi-rs/image'
import { expect, type Page } from 'playwright/test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { contactSheet, type Thumbnail } from './contact-sheet.ts'

/** What the walks for the sheets share: a screen in each look, in full in out/screens/ and small on a sheet. */

const root = resolve(import.meta.dirname, '../..')
/** Names of the only screens that are wanted; undefined: all. */
export const only = process.env['BANMIAN_SCREENS']?.split(',')

export interface Size {
  width: number
  height: number
  /** Width on the sheet. */
  thumbnail: number
}

/** How a screen looks, and in which group of columns it stands. */
export interface Look {
  language: 'zh-Hans' | 'zh-Hant' | 'en'
  theme: 'light' | 'sepia' | 'dark' | 'contrast'
  group: number
}

export const nameOf = ({ width, height }: Size): string => `${width}x${height}`
const smallHeight = ({ width, height, thumbnail }: Size): number => Math.round((thumbnail * height) / width)

export async function appearance(window: Page, { language, theme }: Omit<Look, 'group'>): Promise<void> {
  await window.evaluate((part) => globalThis.window.banmian.call['settings']!['change']!(part), { language, theme })
  await window.waitForFunction(
    ([lang, name]) => document.documentElement.lang === lang && document.documentElement.dataset['theme'] === name,
    [language, theme],
  )
  await settled(window)
}

/** Nothing moves any more, and the pictures in view are there. */
async function settled(window: Page): Promise<void> {
  await window.evaluate(async () => {
    const inView = (image: HTMLImageElement) => {
      // What is not shown is not loaded either.
      const { top, bottom, width } = image.getBoundingClientRect()
      return width > 0 && bottom >= 0 && top <= innerHeight
    }
    await Promise.all([...document.images].filter(inView).map((image) => image.decode().catch(() => undefined)))
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all(ending.map((each) => each.finished.catch(() => undefined)))
  })
  // A preview is laid out anew in the other language.
  await expect(window.locator('.papers img.is-old')).toHaveCount(0, { timeout: 30_000 })
}

/** One screen, as it is, in every look. */
export async function pictures(
  window: Page,
  row: number,
  name: string,
  size: Size,
  looks: readonly Look[],
): Promise<Thumbnail[]> {
  // No pointer lies on a picture that is no picture of pointing.
  await window.mouse.move(1, 1)
  await window.waitForTimeout(500)
  const made: Thumbnail[] = []
  for (const [column, look] of looks.entries()) {
    await appearance(window, look)
    const picture = await window.screenshot({ type: 'jpeg', quality: 85 })
    const file = join(root, 'out/screens', nameOf(size), `${name}-${look.language}-${look.theme}.jpg`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, picture)
    const reduced = new Transformer(picture).resize(size.thumbnail, smallHeight(size))
    made.push({ row, column, group: look.group, pixels: await reduced.rawPixels() })
  }
  return made
}

/** Writes a sheet of so many rows to the documents, or, where not all were made, beside the full pictures. */
export async function writeSheet(name: string, size: Size, thumbnails: Thumbnail[], rows: number): Promise<void> {
  if (thumbnails.length === 0) return
  const isWhole = Math.max(...thumbnails.map(({ row }) => row)) === rows - 1
  const sheet = await contactSheet(thumbnails, size.thumbnail, smallHeight(size))
  writeFileSync(join(root, isWhole ? 'docs/pictures' : 'out/screens', `${name}-${nameOf(size)}.webp`), sheet)
}
