import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ArchiveError } from '../../../archive/errors.ts'
import { parseRange, servePicture } from '../../../electron/archive-protocol.ts'
import { parsePictureUrl, pictureUrl } from '../../../electron/picture-url.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const archive = '0123456789abcdef'

it('names a picture by numbers and reads its own URLs only', () => {
  const url = pictureUrl(archive, 'page', 12, 0, 'ab/12cd.webp')
  expect(url).toBe(`archive://${archive}/page/12/0?ab12cdeb`)
  expect(parsePictureUrl(url)).toEqual({ archive, kind: 'page', id: 12, part: 0 })
  const refused = [
    `archive://${archive}/page/../12/0`,
    `archive://${archive}/page/%2e%2e/0`,
    `archive://${archive}/file/1/0`,
    `archive://${archive}/page/1/0/../../x`,
    `archive://${archive}/page/-1/0`,
    `archive://${archive}/page/1`,
    `archive://${archive}/page/1/0#x`,
    `archive://x/page/1/0`,
    `archive://${archive}/page/99999999999999/0`,
    `archive://${archive}\\page/1/0`,
  ]
  for (const wrong of refused) expect(parsePictureUrl(wrong), wrong).toBeUndefined()
})

it.each([
  [null, undefined],
  ['bytes=0-3', { start: 0, end: 3 }],
  ['bytes=8-', { start: 8, end: 9 }],
  ['bytes=-4', { start: 6, end: 9 }],
  ['bytes=-40', { start: 0, end: 9 }],
  ['bytes=5-99', { start: 5, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=0-1,3-4', 'unsatisfiable'],
  ['bytes=-', 'unsatisfiable'],
] as const)('understands the range %j of ten bytes', (header, expected) => {
  expect(parseRange(header, 10)).toEqual(expected)
})

it('serves pictures and nothing else', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'p.jpg'), '0123456789')
  writeFileSync(join(folder, 'x.html'), '<script>')
  const get = (file: string, range?: string): Promise<Response> =>
    servePicture(
      { url: `archive://${archive}/page/1/0`, headers: new Headers(range ? { range } : {}) },
      { locate: async () => ({ path: join(folder, file) }) },
    )
  const whole = await get('p.jpg')
  expect([whole.status, whole.headers.get('content-type'), await whole.text()]).toEqual([
    200,
    'image/jpeg',
    '0123456789',
  ])
  const part = await get('p.jpg', 'bytes=2-4')
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
  expect((await get('x.html')).status).toBe(415)
  expect((await get('gone.jpg')).status).toBe(404)
})

it('has no picture of an archive that is away, and does not know one that no shelf has', async () => {
  const get = (file: string): Promise<Response> =>
    servePicture(
      { url: `archive://${archive}/page/1/0`, headers: new Headers() },
      { locate: () => Promise.reject(new ArchiveError('not-found', { file })) },
    )
  expect((await get('/media/unplugged')).status).toBe(204)
  expect((await get(archive)).status).toBe(404)
})
