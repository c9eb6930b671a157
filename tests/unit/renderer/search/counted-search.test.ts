import { expect, it } from 'vitest'
import type { Reply } from '../../../../electron/bridge/reply.ts'
import type { CountedSearch, SearchScope, SearchView } from '../../../../electron/bridge/views.ts'
import { countedSearch } from '../../../../renderer/search/counted-search.ts'
import { searchesUnderWay } from '../../../../electron/searches-under-way.ts'
import { ArchiveError } from '../../../../archive/errors.ts'

function view(query: string, total: number, part: Partial<SearchView> = {}): SearchView {
  const counts = { months: [], titles: [], pages: [], sections: [], damaged: false }
  return { query, total, exact: true, ms: 1, hits: [], counting: false, ...counts, ...part }
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<Value>((yes, no) => ([resolve, reject] = [yes, no]))
  return { promise, resolve, reject }
}

/** A window with a program behind it whose answers come when the test says so. */
function program() {
  const asked: { query: string; turn: number | undefined; answer: ReturnType<typeof deferred<SearchView>> }[] = []
  let tell: (counted: CountedSearch) => void = () => undefined
  const ask = countedSearch(
    ({ query, turn }) => {
      const answer = deferred<SearchView>()
      asked.push({ query: query.text, turn, answer })
      return answer.promise
    },
    (_event, listener) => (tell = listener),
    'results',
  )
  const told = (scope: SearchScope) => (turn: number, outcome: Reply<SearchView>) => tell({ scope, turn, outcome })
  return { ask, asked, tell: told('results'), tellOther: told('counts') }
}

const archive = '0123456789abcdef'

it('gives the first hits, then the whole', async () => {
  const { ask, asked, tell } = program()
  const answer = ask(archive, { text: '国' })
  asked[0]!.answer.resolve(view('国', 900, { counting: true, exact: false }))
  expect((await answer.first).total).toBe(900)
  tell(1, { ok: true, value: view('国', 874) })
  expect(await answer.whole).toMatchObject({ total: 874, exact: true })
})

it('takes counts that overtake the first hits, and answers that are whole at once', async () => {
  const { ask, asked, tell } = program()
  const early = ask(archive, { text: '国' })
  tell(1, { ok: true, value: view('国', 874) })
  asked[0]!.answer.resolve(view('国', 900, { counting: true }))
  expect((await early.whole).total).toBe(874)
  const small = ask(archive, { text: '罕' })
  asked[1]!.answer.resolve(view('罕', 2))
  expect((await small.whole).total).toBe(2)
})

it('never shows what belongs to an older question', async () => {
  const { ask, asked, tell } = program()
  const shown: string[] = []
  const older = ask(archive, { text: '长' })
  void older.whole.then(({ query }) => shown.push(query))
  const newer = ask(archive, { text: '长江' })
  void newer.whole.then(({ query }) => shown.push(query))
  asked[0]!.answer.resolve(view('长', 900, { counting: true }))
  asked[1]!.answer.resolve(view('长江', 90, { counting: true }))
  await newer.first
  tell(1, { ok: true, value: view('长', 880) })
  tell(2, { ok: true, value: view('长江', 80) })
  await newer.whole
  expect(shown).toEqual(['长江'])
})

it('leaves alone what is told to another part of the window', async () => {
  const { ask, asked, tell, tellOther } = program()
  const answer = ask(archive, { text: '国' })
  asked[0]!.answer.resolve(view('国', 900, { counting: true }))
  tellOther(1, { ok: true, value: view('别', 1) })
  tell(1, { ok: true, value: view('国', 874) })
  expect((await answer.whole).query).toBe('国')
})

it('passes on what went wrong, before and after the first hits', async () => {
  const { ask, asked, tell } = program()
  const bad = ask(archive, { text: '(((' })
  asked[0]!.answer.reject(new ArchiveError('bad-query', { query: '(((', reason: '(' }))
  await expect(bad.first).rejects.toMatchObject({ code: 'bad-query' })
  const lost = ask(archive, { text: '国' })
  asked[1]!.answer.resolve(view('国', 9, { counting: true }))
  tell(2, { ok: false, code: 'background-stopped', details: {} })
  await expect(lost.whole).rejects.toMatchObject({ code: 'background-stopped' })
})

it('ends the older search of a window and answers the newer one in two parts', async () => {
  const told: [number, CountedSearch][] = []
  const work: {
    signal: AbortSignal
    onPage: (view: SearchView) => void
    end: ReturnType<typeof deferred<SearchView>>
  }[] = []
  const searches = searchesUnderWay({
    ask: (_input, { signal, onPage }) => {
      const end = deferred<SearchView>()
      work.push({ signal, onPage, end })
      return end.promise
    },
    tell: (client, counted) => told.push([client, counted]),
  })
  const older = searches.find({ archive, query: { text: '长' }, client: 7, turn: 1 })
  const newer = searches.find({ archive, query: { text: '长江' }, client: 7, turn: 2 })
  const other = searches.find({ archive, query: { text: '别' }, client: 8 })
  const calendar = searches.find({ archive, query: { text: '历' }, client: 7, scope: 'calendar' })
  expect(work.map(({ signal }) => signal.aborted)).toEqual([true, false, false, false])
  work[0]!.onPage(view('长', 9))
  work[0]!.end.resolve(view('长', 9))
  await expect(older).rejects.toMatchObject({ code: 'cancelled' })
  work[1]!.onPage(view('长江', 9, { exact: false }))
  expect(await newer).toMatchObject({ total: 9, counting: true })
  work[1]!.end.resolve(view('长江', 8))
  work[2]!.onPage(view('别', 9))
  work[2]!.end.resolve(view('别', 5))
  expect(await other).toMatchObject({ total: 5, counting: false })
  expect(told).toEqual([[7, { turn: 2, outcome: { ok: true, value: view('长江', 8) } }]])
  searches.cancel(7)
  expect(work[3]!.signal.aborted).toBe(false)
  searches.cancel(7, 'calendar')
  expect(work[3]!.signal.aborted).toBe(true)
  work[3]!.end.resolve(view('历', 1))
  await expect(calendar).rejects.toMatchObject({ code: 'cancelled' })
})
