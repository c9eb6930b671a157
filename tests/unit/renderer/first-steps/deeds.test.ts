import { describe, expect, it } from 'vitest'
import { firstStepNames, type FirstSteps } from '../../../../electron/bridge/first-steps.ts'
import { deedsBetween, nextStep, withDeeds, type Sight } from '../../../../renderer/first-steps/deeds.ts'

const reading: Sight = { issue: 'a/b/c/1', page: 'p1', enlarged: false, article: '', found: '', notes: 0, saved: false }
const begun: FirstSteps = { state: 'shown', done: [] }

describe('what counts as a deed', () => {
  it.each([
    ['turn', reading, { ...reading, page: 'p2' }],
    ['zoom', { ...reading, enlarged: true }, reading],
    ['article', reading, { ...reading, article: 'x' }],
    ['search', reading, { ...reading, found: '产业' }],
    ['note', reading, { ...reading, notes: 1, saved: true }],
  ] as const)('%s', (step, before, now) => {
    expect(deedsBetween(before, now)).toEqual([step])
  })

  it('is not opening an issue, enlarging alone, turning while enlarged, closing an article or reading old notes', () => {
    expect(deedsBetween({ ...reading, issue: '', page: '' }, reading)).toEqual([])
    expect(deedsBetween(reading, { ...reading, issue: 'a/b/d/1', page: 'p9', notes: 4, saved: true })).toEqual([])
    expect(deedsBetween(reading, { ...reading, enlarged: true })).toEqual([])
    expect(deedsBetween({ ...reading, enlarged: true }, { ...reading, page: 'p2' })).toEqual(['turn'])
    expect(deedsBetween({ ...reading, article: 'x', found: 'y' }, reading)).toEqual([])
    expect(deedsBetween(reading, { ...reading, notes: 3 })).toEqual([])
    expect(deedsBetween({ ...reading, notes: 2 }, { ...reading, notes: 1, saved: true })).toEqual([])
  })
})

describe('the steps', () => {
  it('are proposed in order, whatever was done before', () => {
    expect(nextStep(begun)).toBe('turn')
    const some = withDeeds(begun, ['search', 'turn'])!
    expect(some).toEqual({ state: 'shown', done: ['turn', 'search'] })
    expect(nextStep(some)).toBe('zoom')
  })

  it('change nothing when it was done, not begun or over', () => {
    expect(withDeeds({ state: 'shown', done: ['turn'] }, ['turn'])).toBeUndefined()
    expect(withDeeds({ state: 'waiting', done: [] }, ['turn'])).toBeUndefined()
    expect(withDeeds({ state: 'over', done: [] }, ['turn'])).toBeUndefined()
  })

  it('are over for ever with the last one', () => {
    const last = firstStepNames.reduce<FirstSteps>((steps, step) => withDeeds(steps, [step])!, begun)
    expect(last).toEqual({ state: 'over', done: [...firstStepNames] })
    expect(nextStep(last)).toBeUndefined()
  })
})
