import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openOrCreateArchiveFolder } from '../../../archive/archive-folder.ts'
import { pinMatches } from '../../../archive/kiosk/pin-hash.ts'
import { banmian, expectFailure } from '../../fixtures/command-line.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it('sets up a reading-room screen: a policy to start from, a PIN, a check', async () => {
  const folder = temporaryFolder()
  const options = { cache: folder }
  const archive = join(folder, 'papers')
  await openOrCreateArchiveFolder(archive, 'Papers')
  const file = join(folder, 'kiosk.json')

  expect(banmian(['kiosk', 'starter', file, archive], options).code).toBe(0)
  const policy = JSON.parse(readFileSync(file, 'utf8')) as { archives: string[] }
  expect(policy.archives).toEqual([archive])
  expectFailure(['kiosk', 'starter', file, archive], 'target-not-empty', options)
  expectFailure(['kiosk', 'starter', join(folder, 'other.json'), folder], 'not-an-archive', options)

  const made = banmian(['kiosk', 'pin', '--json'], { ...options, input: '2468\n' })
  const { pin } = made.json as { pin: string }
  expect(await pinMatches('2468', pin)).toBe(true)
  expect(banmian(['kiosk', 'pin'], { ...options, input: '12\n' })).toMatchObject({ code: 3, stdout: '' })

  writeFileSync(file, JSON.stringify({ ...policy, pin }))
  expect(banmian(['kiosk', 'check', file, '--json'], options).json).toMatchObject({ pin: true, archives: [archive] })
  writeFileSync(file, JSON.stringify({ ...policy, archives: [join(folder, 'gone')] }))
  expectFailure(['kiosk', 'check', file], 'not-found', options)
  writeFileSync(file, '{"version":1}')
  expectFailure(['kiosk', 'check', file], 'bad-policy', options)
})
