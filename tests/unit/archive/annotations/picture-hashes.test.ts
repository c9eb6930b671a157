import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newAnnotation, noteOf } from '../../../../archive/annotations/annotation-record.ts'
import { comparedPictures, pictureHash } from '../../../../archive/annotations/picture-hashes.ts'
import type { IssueText } from '../../../../archive/annotations/placed-notes.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'

it('says of a note that came from elsewhere when it was made on another picture of its page', async () => {
  const path = temporaryFolder()
  const picture = join(path, 'data/01.jpg')
  mkdirSync(join(path, 'data'))
  writeFileSync(picture, 'their scan')
  const document = { pages: [{ id: 'p1', renditions: [{ kind: 'image', file: '01.jpg' }] }] }
  const issue = { reading: { path }, document } as unknown as IssueText
  const sha256 = await pictureHash(issue, 'p1')
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)

  const shape = { kind: 'rectangle', box: { x: 0.1, y: 0.1, w: 0.2, h: 0.2 } } as const
  const place = somePlace({ page: { id: 'p1', label: '01', name: '', sha256: sha256! } })
  const note = noteOf(newAnnotation({ level: 'region', place, shape, edit: {} }, '2026-01-02T03:04:05.000Z'))
  const placed = [{ ...note, pages: ['p1'], boxes: [] }]
  expect(await comparedPictures(issue, placed)).toEqual(placed)
  writeFileSync(picture, 'a better scan of ours')
  expect(await comparedPictures(issue, placed)).toEqual([{ ...placed[0], pictureChanged: true }])
  // Where no picture is at hand there is nothing to compare with.
  document.pages = []
  expect(await comparedPictures(issue, placed)).toEqual(placed)
})
