/** The table of the search bench. */
import type { Measured, Times } from './search-measure.ts'

const pair = (values: readonly number[] | undefined): string =>
  (values ? values.map((value) => value.toFixed(2)).join(' / ') : '–').padStart(17)
const number = (value: unknown, digits = 1): string => (value === undefined ? '–' : Number(value).toFixed(digits))

/** A row for each figure of the engine beside FTS5's, with the ratio. */
function compare(found: Record<string, Measured>): void {
  const [engine, rival] = [
    { ...found['engine build'], ...found['engine query'] },
    { ...found['fts5 build'], ...found['fts5 query'] },
  ]
  const [floor, text] = [Number(found.floor?.rss), Number(found.texts?.mb)]
  console.log('                                engine        fts5   ratio (engine : fts5)')
  const row = (name: string, own: unknown, other: unknown): void =>
    console.log(
      name.padEnd(22),
      number(own, 2).padStart(11),
      number(other, 2).padStart(11),
      (other === undefined ? '' : number(Number(own) / Number(other), 2)).padStart(7),
    )
  const of = (name: string, change = (value: number): number => value): [unknown, unknown] =>
    [engine[name], rival[name]].map((value) => (value === undefined ? undefined : change(Number(value)))) as never
  const [ownBuild, rivalBuild] = [found['engine build'], found['fts5 build']]
  row('build, articles/s', ...of('rate'))
  row('build, articles/CPU s', ...of('cpuRate'))
  row('build, peak RSS MB', ownBuild?.peak, rivalBuild?.peak)
  row('index, MB', ...of('indexMb'))
  row('index : text', ...of('indexMb', (value) => value / text))
  row('with folded texts, MB', ...of('size'))
  row('open, ms', ...of('open'))
  row('opened, RSS MB', ...of('opened'))
  row('first 20s, RSS MB', ...of('rss'))
  row('first 20s, peak MB', ...of('rss20'))
  row('over an empty process', ...of('rss20', (value) => value - floor))
  row('all, peak RSS MB', found['engine query']?.peak, found['fts5 query']?.peak)
  console.log(`an empty process has ${floor} MB`)
  for (const [title, key] of [
    ['first 20 with snippets, newest first, warm, best of 4', 'first'],
    ['first 20 with snippets, cold', 'cold'],
    ['exact total, warm, best of 4', 'total'],
  ] as const) {
    console.log(`\n${title}: ms p50 / p95`)
    const [own = {}, other = {}] = [engine[key], rival[key]] as (Times | undefined)[]
    for (const [name, times] of Object.entries(own)) {
      const ratio = other[name] ? number(times[1] / other[name][1], 2) : ''
      console.log(name.padEnd(22), pair(times), pair(other[name]), ratio.padStart(7))
    }
  }
}

function rivals(found: Record<string, Measured>): void {
  for (const [name, part] of Object.entries(found)) {
    if (!/trigram|memory|mini|scan/.test(name)) continue
    const facts = Object.entries(part).filter(([, value]) => typeof value === 'number')
    console.log(`\n${name}: ${facts.map(([key, value]) => `${key} ${number(value)}`).join(', ')}`)
    console.log(`first 20 (scan: all hits), ms p50 / p95${' '.repeat(20)}engine`)
    const [own, engine] = [part.first, found['engine query']?.first] as Times[]
    for (const [kind, times] of Object.entries(own!)) console.log(kind.padEnd(22), pair(times), pair(engine?.[kind]))
  }
}

/** What the engine is asked to be, beside rivals that are not FTS5. */
function promises(found: Record<string, Measured>): void {
  const [query, scan, flex] = [found['engine query'], found.scan, found['flexsearch in memory']]
  const floor = Number(found.floor?.rss)
  const rare = (part: Measured | undefined): number | undefined =>
    (part?.first as Times | undefined)?.['rare names']?.[0]
  console.log()
  const [ownRare, scanRare] = [rare(query), rare(scan)]
  if (ownRare && scanRare) console.log(`rare names, scan : engine, p50            ${number(scanRare / ownRare, 0)}`)
  if (!flex || !query) return
  console.log(`start, FlexSearch in memory : engine      ${number(Number(flex.open) / Number(query.open), 0)}`)
  console.log(`memory, FlexSearch in memory : engine     ${number(Number(flex.rss) / Number(query.rss))}`)
  const over = (Number(flex.rss) - floor) / (Number(query.rss) - floor)
  console.log(`the same over an empty process            ${number(over)}`)
}

export function report(articles: number, found: Record<string, Measured>): void {
  console.log(`\n${articles} articles, ${number(found.texts?.mb)} MB of text (UTF-8), node ${process.version}`)
  compare(found)
  rivals(found)
  promises(found)
  const { relevance = {}, months = {} } = (found['engine query'] ?? {}) as unknown as Record<string, Times>
  console.log('\nengine only, best of 4, ms p50 / p95:           relevance   counts by month')
  for (const name of Object.keys(relevance)) console.log(name.padEnd(22), pair(relevance[name]), pair(months[name]))
}
