import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clamped,
  fitted,
  hiddenBeyond,
  inSight,
  limits,
  magnification,
  magnificationAt,
  magnified,
  pageOnStage,
  panned,
  percentOf,
  revealing,
  sliderOf,
  viewFrom,
  viewText,
  type Stage,
} from '../../../../renderer/viewer/page-geometry.ts'

const stage: Stage = { width: 800, height: 700, aspect: 1.4, imageWidth: 1600, margin: 24 }

const stages = fc.record({
  width: fc.integer({ min: 200, max: 3000 }),
  height: fc.integer({ min: 200, max: 2000 }),
  aspect: fc.double({ min: 0.5, max: 2, noNaN: true }),
  imageWidth: fc.integer({ min: 300, max: 9000 }),
  margin: fc.constantFrom(8, 24),
})

describe('fits', () => {
  it('shows the whole page in the middle, with its margin', () => {
    const page = pageOnStage(fitted('page', stage), stage)
    expect(page.height).toBeCloseTo(652)
    expect(page.y).toBeCloseTo(24)
    expect(page.x).toBeCloseTo((800 - 652 / 1.4) / 2)
  })

  it('fills the width from the top, or where one is', () => {
    const top = pageOnStage(fitted('width', stage), stage)
    expect([top.x, top.y, top.width].map(Math.round)).toEqual([24, 24, 752])
    const near = panned(fitted('actual', stage), stage, 0, 900)
    expect(fitted('width', stage, near).y).toBeGreaterThan(0.3)
  })

  it('means one picture pixel a CSS pixel by 1:1', () => {
    expect(percentOf(fitted('actual', stage), stage)).toBeCloseTo(100)
  })
})

describe('moving', () => {
  it('keeps the point under the pointer while enlarging', () => {
    const before = fitted('width', stage)
    const anchor = { x: 0.25, y: 0.6 }
    const after = magnified(before, stage, magnification(before, stage) * 1.5, anchor)
    expect(after.x + after.w * anchor.x).toBeCloseTo(before.x + before.w * anchor.x)
    expect(after.y + after.h * anchor.y).toBeCloseTo(before.y + before.h * anchor.y)
  })

  it('never leaves the page, however far one pulls', () => {
    fc.assert(
      fc.property(
        stages,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer(),
        fc.integer(),
        (at, zoom, dx, dy) => {
          const view = panned(magnified(fitted('page', at), at, magnificationAt(100 * zoom, at)), at, dx, dy)
          const page = pageOnStage(view, at)
          expect(page.x).toBeLessThanOrEqual(Math.max(at.margin, (at.width - page.width) / 2) + 0.01)
          expect(page.x + page.width).toBeGreaterThanOrEqual(
            at.width - Math.max(at.margin, (at.width - page.width) / 2) - 0.01,
          )
          expect(clamped(view, at).y).toBeCloseTo(view.y)
        },
      ),
    )
  })

  it('stays between the whole page and four times the picture', () => {
    const { least, greatest } = limits(stage)
    expect(magnification(magnified(fitted('page', stage), stage, 1), stage)).toBeCloseTo(least)
    expect(magnification(magnified(fitted('page', stage), stage, 1e9), stage)).toBeCloseTo(greatest)
    expect(greatest).toBe(6400)
  })

  it('knows what is left to scroll', () => {
    const whole = hiddenBeyond(fitted('page', stage), stage)
    expect(Object.values(whole).every((pixels) => Math.abs(pixels) < 0.01)).toBe(true)
    const top = hiddenBeyond(fitted('width', stage), stage)
    expect(top.top).toBeCloseTo(0)
    expect(top.bottom).toBeCloseTo(752 * 1.4 + 48 - 700)
  })
})

describe('revealing a hit', () => {
  it('does not move when it is seen, and moves as little as needed when it is not', () => {
    const view = fitted('width', stage)
    expect(revealing(view, stage, { x: 0.2, y: 0.2, w: 0.1, h: 0.01 })).toBe(view)
    const below = revealing(view, stage, { x: 0.2, y: 0.9, w: 0.1, h: 0.01 })
    const page = pageOnStage(below, stage)
    const bottom = page.y + page.height * 0.91
    expect(bottom).toBeCloseTo(stage.height - 48)
  })
})

it('knows whether any of a box is in sight', () => {
  const view = fitted('width', stage)
  expect(inSight(view, stage, { x: 0, y: 0.5, w: 1, h: 0.5 })).toBe(true)
  expect(inSight(view, stage, { x: 0, y: 0.9, w: 1, h: 0.1 })).toBe(false)
})

describe('slider and links', () => {
  it('goes from one to the other and back', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 0, max: 100 }), (at, slider) => {
        const view = magnified(fitted('page', at), at, magnificationAt(slider, at))
        expect(sliderOf(view, at)).toBeCloseTo(slider, 0)
      }),
    )
  })

  it('finds the same place on a stage of another shape', () => {
    const view = panned(fitted('actual', stage), stage, 300, 500)
    const narrow: Stage = { ...stage, width: 500, height: 900 }
    const there = viewFrom(viewText(view, stage), narrow)
    expect(there && there.x + there.w / 2).toBeCloseTo(view.x + view.w / 2, 2)
    expect(there && there.y + there.h / 2).toBeCloseTo(view.y + view.h / 2, 2)
  })

  it('ignores what is no view', () => {
    for (const text of ['', '1,2,3', 'a,b,c,d', '0,0,0,1', '0,0,-1,1', 'NaN,0,1,1', '0,0,1,1,1'])
      expect(viewFrom(text, stage)).toBeUndefined()
  })
})
