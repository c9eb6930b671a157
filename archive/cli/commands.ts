import { prepareArchive } from '../preparing.ts'
import { removeDerived } from '../rebuilding.ts'
import { findIssue, openReading, readInfo, readIssueDocument } from '../reading.ts'
import type { Terminal } from './terminal.ts'

interface Run {
  terminal: Terminal
  cache: string
}

/** `banmian index`; with `rebuild` from nothing. */
export async function runIndex(run: Run & { archive: string; rebuild?: boolean }): Promise<void> {
  const { archive, cache, terminal } = run
  if (run.rebuild) await removeDerived(archive, cache)
  await runPrepare(archive, cache, terminal)
  const reading = await openReading(archive, cache)
  const { totals } = readInfo(reading)
  reading.close()
  terminal.say(`${totals.issues} issues, ${totals.articles} articles: ready`)
  terminal.result(totals)
}

/** Makes everything derived, with progress. */
export async function runPrepare(archive: string, cache: string, terminal: Terminal): Promise<void> {
  await prepareArchive(archive, {
    cache,
    onProgress: ({ phase, done, total, file }) => terminal.progress(phase, done, total, file),
  })
}

/** `banmian info`: the archive, or the document of one issue. */
export async function runInfo(run: Run & { archive: string; issue: string | undefined }): Promise<void> {
  const { terminal } = run
  const reading = await openReading(run.archive, run.cache)
  try {
    if (run.issue !== undefined) {
      const [title = '', date = '', edition = '1'] = run.issue.split('/')
      const document = await readIssueDocument(reading, findIssue(reading, { title, date, edition: Number(edition) }))
      terminal.say(JSON.stringify(document, null, 2))
      terminal.result(document)
      return
    }
    const info = readInfo(reading)
    for (const title of info.titles) {
      terminal.say(
        `${title.id}  ${title.name}  ${title.first} – ${title.last}  ${title.issues} issues, ${title.pages} pages, ${title.articles} articles`,
      )
    }
    const { issues, pages, articles, zones, words } = info.totals
    terminal.say(`${issues} issues, ${pages} pages, ${articles} articles, ${zones} zones, ${words} words`)
    terminal.result(info)
  } finally {
    reading.close()
  }
}
