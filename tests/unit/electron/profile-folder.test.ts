import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chosenProfile } from '../../../electron/profile-folder.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it('is the folder that was asked for, wherever the program was started', () => {
  const start = { argv: ['banmian', '--profile=mine', 'archive'], folder: '/home/reader' }
  expect(chosenProfile(start)).toBe('/home/reader/mine')
  expect(chosenProfile({ ...start, argv: ['banmian', '--profile=/stick/p'] })).toBe('/stick/p')
  expect(chosenProfile({ ...start, argv: ['banmian', '--profile=', '--profiles=x'] })).toBeUndefined()
})

it('stands beside a program that is marked as portable', () => {
  const folder = temporaryFolder()
  const program = join(folder, 'banmian')
  const start = { argv: [program], folder: '/', program }
  expect(chosenProfile(start)).toBeUndefined()
  writeFileSync(join(folder, 'portable'), '')
  expect(chosenProfile(start)).toBe(join(folder, 'profile'))
  expect(chosenProfile({ ...start, program: undefined })).toBeUndefined()
  expect(chosenProfile({ ...start, program: '/tmp/.mount/banmian', image: program })).toBe(join(folder, 'profile'))
})
