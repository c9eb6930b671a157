import { expect, it } from 'vitest'
import { ARTICLE, paneRoom, RAIL } from '../../../../renderer/viewer/pane-room.ts'

const usual = { width: 1024, height: 600, rem: 16, rail: RAIL.usual, article: true, others: 0, two: false }

it('the page stays the widest thing, whatever else is open', () => {
  for (const width of [900, 1024, 1280, 1440, 1920]) {
    for (const others of [0, 320]) {
      for (const two of [false, true]) {
        const open = { ...usual, width, others, two }
        const { narrow, railLiesOver, mostForArticle } = paneRoom(open)
        const article = Math.min(ARTICLE.usual, mostForArticle(true))
        const page = width - others - article - (railLiesOver ? 0 : RAIL.usual)
        const said = JSON.stringify({ ...open, article, page })
        expect(narrow, said).toBe(false)
        if (!two) expect(page, said).toBeGreaterThanOrEqual(Math.max(others, article))
      }
    }
  }
})

it('the rail gives way to notes beside an article, and only then', () => {
  expect(paneRoom(usual).railLiesOver).toBe(false)
  expect(paneRoom({ ...usual, others: 320 }).railLiesOver).toBe(true)
  expect(paneRoom({ ...usual, others: 320, article: false }).railLiesOver).toBe(false)
  expect(paneRoom({ ...usual, width: 1440, others: 320 }).railLiesOver).toBe(false)
})

it('with text twice as large a window is narrow that would not be', () => {
  expect(paneRoom({ ...usual, rem: 32 }).narrow).toBe(true)
  expect(paneRoom({ ...usual, width: 899 }).narrow).toBe(true)
})

it('in an upright window the article lies below and takes nothing of the width', () => {
  const upright = { ...usual, width: 1080, height: 1800 }
  expect(paneRoom(upright)).toMatchObject({ tall: true, railLiesOver: false })
  expect(paneRoom({ ...upright, others: 320 }).railLiesOver).toBe(false)
  expect(paneRoom({ ...upright, rem: 32 })).toMatchObject({ narrow: true, tall: false })
})
