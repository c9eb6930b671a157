import { expect, it } from 'vitest'
import { shelfId } from '../../../electron/library.ts'
import { pictureUrl } from '../../../electron/picture-url.ts'

it('gives every place an id that stays as it is when it is the host of a URL', () => {
  // One id in two thousand would be digits only, which a URL takes for an IPv4 address.
  for (let place = 0; place < 10_000; place += 1) {
    const id = shelfId(`/archives/${place}`)
    const url = pictureUrl(id, 'page', 1, 0, '')
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(new URL(url.replace('archive:', 'http:')).host).toBe(id)
  }
})
