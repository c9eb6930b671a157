import { describe, expect, it } from 'vitest'
import { placeOf, routeOf, type ReaderPlace } from '../../../../renderer/shared/use-reader-place.ts'

const place: ReaderPlace = {
  archive: '0123456789abcdef',
  issue: { title: 'jcrb', date: '2013-01-10', edition: 1 },
  page: 'p3',
  article: 'a1',
  q: '产业',
  hit: 0,
  view: '0,0,1,1',
}

function roundTrip(one: ReaderPlace): ReaderPlace | undefined {
  const { name, params, query } = routeOf(one) as {
    name: string
    params: Record<string, string>
    query: Record<string, string>
  }
  return placeOf({ name, params, query })
}

describe('the address of a place', () => {
  it('keeps all of it', () => {
    expect(roundTrip(place)).toEqual(place)
  })

  it('leaves out what there is none of', () => {
    const bare: ReaderPlace = { archive: place.archive, issue: place.issue, page: 'p1' }
    expect(routeOf(bare)).toMatchObject({ query: {} })
    expect(roundTrip(bare)).toEqual({ ...bare, article: undefined, q: undefined, hit: undefined, view: undefined })
  })

  it('is none outside the reader, and a hit that is no number is none', () => {
    expect(placeOf({ name: 'search', params: {}, query: {} })).toBeUndefined()
    expect(placeOf({ name: 'reader', params: {}, query: { hit: 'x' } })?.hit).toBeUndefined()
  })
})
