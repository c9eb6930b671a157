import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openKeptSearches } from '../../../electron/kept-searches.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

it('remembers what was asked and what was kept, for each archive', async () => {
  const file = join(temporaryFolder(), 'searches.json')
  const store = openKeptSearches(file)
  for (const text of ['长江', '黄河', '长江']) await store.note('a', text)
  await store.keep('a', '大桥', true)
  await store.note('b', '别处')
  expect(openKeptSearches(file).list('a')).toEqual({ recent: ['长江', '黄河'], saved: ['大桥'] })
  await store.clear('a')
  expect(openKeptSearches(file).list('a')).toEqual({ recent: [], saved: ['大桥'] })
  await store.keep('a', '大桥', false)
  expect(openKeptSearches(file).list('a').saved).toEqual([])
  expect(readFileSync(file, 'utf8')).not.toContain('长江')
  for (let count = 0; count < 30; count++) await store.note('a', String(count))
  expect(store.list('a').recent).toHaveLength(20)
})

it.each(['', '[]', 'null', '{"a":3}', '{"a":{"recent":[1,"x"]}}'])('takes what is whole of %s', (content) => {
  const file = join(temporaryFolder(), 'searches.json')
  writeFileSync(file, content)
  expect(openKeptSearches(file).list('a').saved).toEqual([])
})
