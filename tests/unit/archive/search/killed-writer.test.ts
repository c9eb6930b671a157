import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { openSearchIndex } from '../../../../archive/search/search-index.ts'
import { seededRandom } from '../../../fixtures/make-corpus.ts'
import { temporaryFolder } from './corpus-index.ts'

/** `BANMIAN_KILLS=50` for as many as the acceptance asks. */
const kills = Number(process.env['BANMIAN_KILLS'] ?? 6)
const script = join(import.meta.dirname, 'restless-writer.ts')

it(`finds everything that was reported after ${kills} kills`, { timeout: kills * 20_000 }, async () => {
  const folder = temporaryFolder()
  const random = seededRandom(17)
  const expected = new Set<number>()
  let next = 1
  for (let round = 0; round < kills; round++) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, String(next), String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said = text(child.stdout)
    await once(child.stdout, 'data')
    const moment = random() * 1_200
    await new Promise((resolve) => setTimeout(resolve, moment))
    child.kill('SIGKILL')
    let uncertain: [number, number] | undefined
    for (const line of (await said).trim().split('\n')) {
      const [sign = '', first = 0, last = 0] = line.split(' ').map((part, place) => (place ? Number(part) : part)) as [
        string,
        number,
        number,
      ]
      uncertain = sign === '?' ? [first, last] : undefined
      for (let id = first; id <= last && sign !== '?' && sign !== 'ready'; id++) {
        if (sign === '+') expected.add(id)
        else expected.delete(id)
      }
      if (sign !== 'ready') next = Math.max(next, last + 1)
    }
    const index = await openSearchIndex(folder)
    expect(await index.check()).toEqual([])
    const { hits, exact, total } = await index.find('黄河大桥', { limit: 1_000_000 })
    expect(exact).toBe(true)
    expect(total).toBe(index.articles)
    const found = new Set(hits.map(({ id }) => id))
    // What was under way is done or not done, as a whole.
    if (uncertain) {
      const [first, last] = uncertain
      const isDone = found.has(first)
      for (let id = first; id <= last; id++) {
        if (isDone) expected.add(id)
        else expected.delete(id)
      }
    }
    expect(found).toEqual(expected)
    const [one] = [...expected].slice(-1)
    if (one !== undefined) expect((await index.find(`n${one}`)).hits.map(({ id }) => id)).toEqual([one])
    index.close()
  }
  expect(expected.size).toBeGreaterThan(0)
})
