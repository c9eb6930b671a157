import type { IssueKey } from '../../electron/bridge/views.ts'

/** True when two keys name the same issue. */
export function sameIssue(one: IssueKey, other: IssueKey): boolean {
  return one.title === other.title && one.date === other.date && one.edition === other.edition
}
