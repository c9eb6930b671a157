import { expect, it } from 'vitest'
import { namesAsText, namesFromText, withinAsText, withinFromText } from '../../../../renderer/shared/search-within.ts'

const issue = { title: 'jcrb', date: '2013-01-10', edition: 1 }

it.each([issue, { ...issue, page: 'p3' }, { ...issue, article: 'a/7%' }])(
  'keeps a place in the address: %o',
  (place) => {
    expect(withinFromText(withinAsText(place))).toEqual(place)
  },
)

it.each([undefined, '', 'jcrb', 'jcrb/2013/1', 'jcrb/2013-01-10/x', '%'])('takes %s for no place', (text) => {
  expect(withinFromText(text)).toBeUndefined()
})

it('keeps names with any characters in the address', () => {
  const names = ['要闻，一', 'Home, and away', '100%', 'a&b=c']
  expect(namesFromText(namesAsText(names))).toEqual(names)
  expect(namesFromText('%,a')).toEqual(['a'])
  expect(namesFromText(undefined)).toEqual([])
})
