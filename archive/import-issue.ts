import { ArchiveError } from './errors.ts'
import { countIssue } from './import-count.ts'
import { issueName, mergeIssue, placeOf, type IssueDecision, type WhenThere } from './import-merging.ts'
import { keepFiles, withPayloadPaths } from './import-originals.ts'
import type { Staging } from './import-staging.ts'
import { warning } from './import/import-warning.ts'
import { checkIssueDocument, formatIssueDocument } from './issue-document.ts'
import type { ImportWarning, IssueDocument, Totals } from './model.ts'

/** What an issue is staged into, and where it is told. */
interface IssueStaging {
  /** Absolute path of the bag. */
  bag: string
  staging: Staging
  outcome: Totals & { warnings: ImportWarning[]; decisions: IssueDecision[] }
  whenThere: WhenThere
  /** Waited for before every file: pauses, and throws when the import is cancelled. */
  betweenFiles: () => Promise<void>
}

/**
 * Stages an issue with its files, as was asked of one that is there already. A document that does not pass the schema
 * is a warning.
 */
export async function stageIssue(
  { issue, files }: { issue: IssueDocument; files: string[] },
  { bag, staging, outcome, whenThere, betweenFiles }: IssueStaging,
): Promise<void> {
  const name = issueName(issue)
  const place = placeOf(issue)
  const isThere = staging.tables.held(place) !== undefined
  const isDouble = staging.tables.staged(place) !== undefined
  // Two issues of one delivery do not replace each other.
  if ((isThere || isDouble) && (whenThere === 'skip' || (isDouble && whenThere === 'replace'))) {
    outcome.warnings.push(warning(isDouble ? 'double-issue' : 'issue-exists', name))
    outcome.decisions.push({ issue: name, did: 'skipped' })
    return
  }
  try {
    checkIssueDocument(issue, name)
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    outcome.warnings.push(warning('issue-unreadable', name, { reason: String(error.details['reason']) }))
    return
  }
  const kept = await keepFiles(files, staging, betweenFiles)
  issue.warnings.push(...kept.warnings)
  const placed = withPayloadPaths(issue, kept)
  if (isThere || isDouble) {
    const decision = await mergeIssue(placed, whenThere === 'replace' ? 'replace' : 'keep-both', bag, staging)
    outcome.decisions.push(decision)
    if (decision.did === 'same' || decision.did === 'skipped') return
  } else await staging.addDocument(place, formatIssueDocument(placed))
  countIssue(outcome, issue)
}
