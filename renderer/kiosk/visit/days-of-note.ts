import type { IssueSummary } from '../../../electron/bridge/views.ts'
import { addDays } from '../../shared/iso-date.ts'

/** How an issue lies to today. */
export type Nearness = 'today' | 'yesterday' | 'latest' | 'before'

/** The day on the wall: a newspaper's date has no time zone, the visitor's calendar has. */
export function localDay(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/**
 * The two papers that most people come for, newest first: today's and yesterday's where they are here, else the last
 * one and the one before it. Papers dated ahead are no such paper unless there are no others.
 */
export function recentIssues(
  issues: readonly IssueSummary[],
  today: string,
): { issue: IssueSummary; nearness: Nearness }[] {
  const past = issues.filter((issue) => issue.date <= today)
  const known = past.length > 0 ? past : issues
  const firsts = [...known].reverse().filter((issue, index, all) => all[index - 1]?.date !== issue.date || index === 0)
  return firsts.slice(0, 2).map((issue, index) => {
    if (issue.date === today) return { issue, nearness: 'today' }
    if (issue.date === addDays(today, -1)) return { issue, nearness: 'yesterday' }
    return { issue, nearness: index === 0 ? 'latest' : 'before' }
  })
}

/** 历史上的今天: issues of this day in earlier years, newest first. */
export function onThisDay(issues: readonly IssueSummary[], today: string): IssueSummary[] {
  return issues.filter(({ date }) => date < today && date.slice(5) === today.slice(5)).reverse()
}

/** How many years ago. */
export const yearsAgo = (date: string, today: string) => Number(today.slice(0, 4)) - Number(date.slice(0, 4))
