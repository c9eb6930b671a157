import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chosenProfile, placesIn } from '../../../electron/places.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it('is the folder that was asked for, wherever the program was started', () => {
  const start = { argv: ['banmian', '--profile=mine', 'archive'], folder: '/home/reader' }
  expect(chosenProfile(start).folder).toBe('/home/reader/mine')
  expect(chosenProfile({ ...start, argv: ['banmian', '--profile=/stick/p'] }).folder).toBe('/stick/p')
  expect(chosenProfile({ ...start, argv: ['banmian', '--profile=', '--profiles=x'] }).folder).toBeUndefined()
})

it('stands beside a program that is marked as portable', () => {
  const folder = temporaryFolder()
  const program = join(folder, 'banmian')
  const start = { argv: [program], folder: '/', program }
  const beside = { folder: join(folder, 'profile'), portable: true }
  expect(chosenProfile(start)).toEqual({ portable: false })
  expect(existsSync(join(folder, 'profile'))).toBe(false)
  writeFileSync(join(folder, 'portable'), '')
  expect(chosenProfile(start)).toEqual(beside)
  expect(chosenProfile({ ...start, program: undefined })).toEqual({ portable: false })
  expect(chosenProfile({ ...start, program: '/tmp/.mount/banmian', image: program })).toEqual(beside)
  expect(chosenProfile({ ...start, program: join(folder, 'Banmian.app/Contents/MacOS/Banmian') })).toEqual(beside)
})

it('falls back to the usual place when the one beside the program cannot be written', () => {
  const folder = temporaryFolder()
  const program = join(folder, 'banmian')
  writeFileSync(join(folder, 'portable'), '')
  // A file in its place: refused to everybody, root too.
  writeFileSync(join(folder, 'profile'), '')
  expect(chosenProfile({ argv: [program], folder: '/', program })).toEqual({
    portable: true,
    refused: join(folder, 'profile'),
  })
})

it('keeps everything below the folder of the data', () => {
  for (const place of Object.values(placesIn('/data'))) expect(place).toMatch(/^\/data(\/|$)/)
})
