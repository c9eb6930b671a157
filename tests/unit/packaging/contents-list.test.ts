import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contentsDifferences, contentsList } from '../../../scripts/packaging/contents-list.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const sum = (text: string): string => createHash('sha256').update(text).digest('hex')

/** An asar as Electron reads it: four sizes, then a header in JSON. */
function asar(files: object): Buffer {
  const header = Buffer.from(JSON.stringify({ files }))
  const sizes = Buffer.alloc(16)
  ;[4, header.length + 8, header.length + 4, header.length].forEach((size, index) =>
    sizes.writeUInt32LE(size, index * 4),
  )
  return Buffer.concat([sizes, header])
}

it('lists every file by its path, those in an asar with the sum its header holds', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'resources'))
  writeFileSync(join(folder, 'banmian'), 'program')
  symlinkSync('banmian', join(folder, 'link'))
  const [inside, outside] = [{ integrity: { hash: sum('main') } }, { unpacked: true, integrity: { hash: sum('x') } }]
  writeFileSync(join(folder, 'resources/app.asar'), asar({ out: { files: { 'main.cjs': inside, 'x.node': outside } } }))
  const lines = [
    `${sum('program')}  banmian`,
    `${sum('link to banmian')}  link`,
    `${sum('main')}  resources/app.asar/out/main.cjs`,
  ]
  expect(contentsList(folder)).toBe(`${lines.join('\n')}\n`)
})

it('says what two lists differ in', () => {
  const list = (...entries: [string, string][]) => entries.map(([text, path]) => `${sum(text)}  ${path}\n`).join('')
  const one = list(['1', 'a'], ['2', 'b'], ['3', 'c'])
  expect(contentsDifferences(one, one)).toEqual([])
  expect(contentsDifferences(one, list(['1', 'a'], ['9', 'b'], ['4', 'd']))).toEqual([
    'b: differs',
    'c: only in the first',
    'd: only in the second',
  ])
})
