import { createHash } from 'node:crypto'
import { readInside } from './files.ts'
import type { Staging } from './import-staging.ts'
import { formatIssueDocument, issueDocumentPath } from './issue-document.ts'
import type { IssueDocument } from './model.ts'

/** What becomes of an issue whose title, date and edition the archive holds already. */
export type WhenThere = 'skip' | 'replace' | 'keep-both'

/** What was done with one issue that was there already. `same`: its document is the very one the archive holds. */
export interface IssueDecision {
  /** `TITLE/DATE/EDITION` as delivered. */
  issue: string
  did: 'skipped' | 'same' | 'replaced' | 'kept-as-edition'
  /** The edition under which it was kept. */
  edition?: number
}

const highestEdition = 999

/** `TITLE/DATE/EDITION`. */
export function issueName(issue: Pick<IssueDocument, 'title' | 'date' | 'edition'>): string {
  return `${issue.title.id}/${issue.date}/${issue.edition}`
}

/** Where the document of an issue stands in the bag. */
export function placeOf(issue: IssueDocument, edition = issue.edition): string {
  return issueDocumentPath({ title: issue.title.id, date: issue.date, edition })
}

/**
 * Stages an issue whose place is taken, as was asked. `issue`: with its files placed. A document that is replaced stays
 * in the payload below `superseded/`: nothing that was in an archive is ever lost.
 */
export async function mergeIssue(
  issue: IssueDocument,
  whenThere: Exclude<WhenThere, 'skip'>,
  bag: string,
  staging: Staging,
): Promise<IssueDecision> {
  const name = issueName(issue)
  const { tables } = staging
  const hashOf = (edition: number): string | undefined =>
    tables.staged(placeOf(issue, edition)) ?? tables.held(placeOf(issue, edition))
  let free = 0
  for (let edition = 1; edition <= highestEdition; edition += 1) {
    const present = hashOf(edition)
    if (present === undefined) free ||= edition > issue.edition ? edition : 0
    else if (present === sha256(formatIssueDocument({ ...issue, edition }))) return { issue: name, did: 'same' }
    if (free !== 0) break
  }
  if (whenThere === 'replace') {
    const place = placeOf(issue)
    await keepSuperseded(place, bag, staging)
    await staging.addDocument(place, formatIssueDocument(issue))
    return { issue: name, did: 'replaced' }
  }
  if (free === 0) return { issue: name, did: 'skipped' }
  await staging.addDocument(placeOf(issue, free), formatIssueDocument({ ...issue, edition: free }))
  return { issue: name, did: 'kept-as-edition', edition: free }
}

async function keepSuperseded(place: string, bag: string, staging: Staging): Promise<void> {
  const { tables } = staging
  if (tables.held(place) === undefined) return
  const old = await readInside(bag, place).catch(() => undefined)
  if (!old) return
  for (let count = 1; ; count += 1) {
    const to = place.replace(/^data\/issues\//, 'data/superseded/').replace(/\.json$/, `~${count}.json`)
    if (tables.held(to) === sha256(old)) return
    if (tables.held(to) !== undefined || tables.staged(to) !== undefined) continue
    return staging.addDocument(to, old)
  }
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
