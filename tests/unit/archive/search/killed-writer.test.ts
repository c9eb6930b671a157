import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { openSearchIndex } from '../../../../archive/search/search-index.ts'
import { seededRandom } from '../../../fixtures/make-corpus.ts'
import { temporaryFolder } from './corpus-index.ts'

/** `BANMIAN_KILLS=50` for a soak; then each of the four things that a writer does must have been cut off. */
const kills = Number(process.env['BANMIAN_KILLS'] ?? 6)
const script = join(import.meta.dirname, 'restless-writer.ts')

it(`finds everything that was reported after ${kills} kills`, { timeout: kills * 20_000 }, async () => {
  const folder = temporaryFolder()
  const random = seededRandom(17)
  const expected = new Set<number>()
  /** How often the writer was killed in the middle of what. */
  const moments = new Map<string, number>()
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
    let uncertain: [operation: string, first: number, last: number] | undefined
    for (const line of (await said).trim().split('\n')) {
      if (line === 'ready') continue
      const [sign = '', ...words] = line.split(' ')
      const [first, last] = words.slice(-2).map(Number) as [number, number]
      uncertain = sign === '?' ? [words[0]!, first, last] : undefined
      for (let id = first; id <= last && sign !== '?'; id++) {
        if (sign === '+') expected.add(id)
        else expected.delete(id)
      }
      next = Math.max(next, last + 1)
    }
    const during = uncertain?.[0] ?? 'nothing'
    moments.set(during, (moments.get(during) ?? 0) + 1)
    const index = await openSearchIndex(folder)
    expect(await index.check()).toEqual([])
    const { hits, exact, total } = await index.find('黄河大桥', { limit: 1_000_000 })
    expect(exact).toBe(true)
    expect(total).toBe(index.articles)
    const found = new Set(hits.map(({ id }) => id))
    // What was under way is done or not done, as a whole.
    if (uncertain) {
      const [, first, last] = uncertain
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
  if (kills < 50) return
  console.log(`killed during ${[...moments].map(([during, times]) => `${during} ${times}`).join(', ')}`)
  for (const operation of ['add', 'bulk', 'merge', 'delete']) expect(moments.get(operation)).toBeGreaterThan(0)
})
