import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ArchiveError } from '../../../../archive/errors.ts'
import { shelfId, type Library } from '../../../../electron/library.ts'
import { openCounters } from '../../../../electron/kiosk/counters.ts'
import { machineWatch } from '../../../../electron/kiosk/machine-watch.ts'
import { shownArchives } from '../../../../electron/kiosk/shown-archives.ts'
import { findStick } from '../../../../electron/kiosk/stick.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'

it('counts by day, keeps it, and begins anew where the file is damaged', async () => {
  const file = join(temporaryFolder(), 'counters.json')
  let day = '2026-11-26'
  const counters = openCounters(file, () => day)
  counters.add('pages')
  counters.add('printed', 4)
  day = '2026-11-27'
  counters.add('pages', 2)
  await counters.keep()
  const again = openCounters(file, () => day).read()
  expect(again.today).toMatchObject({ pages: 2, printed: 0 })
  expect(again.total).toMatchObject({ pages: 3, printed: 4 })
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)).toEqual(['2026-11-26', '2026-11-27'])
  writeFileSync(file, '{"2026-11-27":{"pages":"x"},"x":1')
  expect(openCounters(file).read().total.pages).toBe(0)
})

it('notices a changed clock, a full disk and memory that grows, and starts anew between two visits', async () => {
  let [clock, time, memory, free, busy] = [0, 1_000_000, 500, 5000, true]
  const said: string[] = []
  let changes = 0
  const restarts: string[] = []
  const watch = machineWatch({
    clock: () => clock,
    timeOfDay: () => time,
    memory: () => memory,
    memoryLimit: 1000,
    free: async () => free,
    busy: () => busy,
    restart: (why) => restarts.push(why),
    clockChanged: () => (changes += 1),
    log: (text) => said.push(text),
  })
  const minute = async (): Promise<void> => {
    clock += 60_000
    time += 60_000
    await watch.look()
  }
  await minute()
  expect(said).toEqual([])
  time -= 3_600_000
  await minute()
  await minute()
  expect([changes, said.splice(0)]).toEqual([1, [expect.stringMatching(/clock was changed by -3600 s/)]])
  free = 20
  await minute()
  await minute()
  free = 900
  await minute()
  expect(said.splice(0)).toEqual([
    expect.stringMatching(/nearly full/),
    expect.stringMatching(/room on the disk again/),
  ])
  memory = 1200
  await minute()
  expect(restarts, 'somebody is reading').toEqual([])
  busy = false
  await minute()
  expect(restarts).toHaveLength(1)
  ;[memory, busy] = [1600, true]
  await minute()
  expect(restarts, 'nobody is waited for').toHaveLength(2)
})

it('sees an archive go and come back, and shows what the policy shows', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'papers')
  const away = join(folder, 'away')
  mkdirSync(path)
  writeFileSync(join(path, 'banmian.json'), '{}')
  const id = shelfId(path)
  let opened = 0
  const titles = [{ id: 'jcrb' }, { id: 'jcwb' }]
  const entry = { id, path, name: 'Papers', state: 'ready', titles, lastRead: { title: 'jcrb' } }
  const library = {
    openPath: async () => {
      opened += 1
      return entry
    },
    open: async () => entry,
    list: async () => [entry],
  }
  const said: string[] = []
  const shown = shownArchives({
    policy: { archives: [path, join(folder, 'never')], titles: ['jcwb'] },
    library: library as unknown as Library,
    prepare: () => undefined,
    log: (text) => said.push(text),
    changed: () => undefined,
  })
  await shown.look()
  await shown.look()
  expect([opened, shown.offline(), shown.hidesTitles]).toEqual([1, false, true])
  expect(await shown.list()).toMatchObject([{ id, path: '', state: 'ready', titles: [{ id: 'jcwb' }] }])
  expect((await shown.open(id)).lastRead).toBeUndefined()
  renameSync(path, away)
  await shown.look()
  expect(shown.offline()).toBe(true)
  expect(await shown.list()).toMatchObject([{ state: 'offline' }])
  renameSync(away, path)
  await shown.look()
  expect([opened, shown.offline()]).toEqual([2, false])
  expect(said.map((line) => line.replace(/^archive \S+: /, ''))).toEqual(['ready', 'offline (not there)', 'ready'])

  expect(() => shown.check(id, 'jcrb')).toThrow(ArchiveError)
  expect(() => shown.check(id, 'jcwb')).not.toThrow()
  expect(() => shown.check('0123456789abcdef')).toThrow(ArchiveError)
  expect(shown.narrowed({ text: 'x' }).titles).toEqual(['jcwb'])
  expect(shown.narrowed({ text: 'x', titles: ['jcrb'] }).titles).toEqual(['\0'])
  expect(() => shown.choose(['0123456789abcdef'])).toThrow(ArchiveError)
  shown.choose([shelfId(join(folder, 'never'))])
  expect(() => shown.check(id)).toThrow(ArchiveError)
})

it('takes no folder of its own disk for a stick', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'stick'))
  expect(await findStick(folder)).toBeUndefined()
  expect(await findStick(join(folder, 'none'))).toBeUndefined()
})
