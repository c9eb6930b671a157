import type { ExaminedSource } from '../archive/examining.ts'
import type { ImportOutcome } from '../archive/importing.ts'
import type { ImportWarning } from '../archive/model.ts'
import type { ExaminedSourceView, ImportResultView, JobSummary, WarningGroup } from './bridge/job-views.ts'
import type { WorkSource } from './services.ts'

/** What a screen shows at once; the report has all. */
const mostExamples = 200

/** Warnings by their code, the most frequent first. */
function groupWarnings(warnings: readonly ImportWarning[]): WarningGroup[] {
  const groups = new Map<string, WarningGroup>()
  for (const warning of warnings) {
    const group = groups.get(warning.code) ?? { code: warning.code, count: 0, examples: [] }
    groups.set(warning.code, group)
    group.count += 1
    if (group.examples.length < mostExamples) group.examples.push(warning)
  }
  return [...groups.values()].sort((one, other) => other.count - one.count)
}

/** A dry run in short. */
export function summaryOf(sources: readonly ExaminedSource[]): JobSummary {
  const sum = (key: 'issues' | 'pages' | 'articles' | 'zones' | 'words'): number =>
    sources.reduce((total, source) => total + source[key], 0)
  const warnings = sources.reduce((total, source) => total + source.warnings.length, 0)
  const totals = { issues: sum('issues'), pages: sum('pages'), articles: sum('articles'), zones: sum('zones') }
  return { ...totals, words: sum('words'), warnings }
}

/** A source after its dry run, as a screen shows it: what is there already is a number, not a doubt. */
export function examinedView({ path: _path, ...source }: ExaminedSource, given: WorkSource): ExaminedSourceView {
  const { warnings, titles, ...rest } = source
  return {
    ...rest,
    token: given.token,
    titles: titles.map(({ gaps, ...title }) => ({ ...title, gaps: gaps.slice(0, mostExamples), gapDays: gaps.length })),
    doubles: warnings.filter(({ code }) => code === 'double-issue').length,
    doubts: groupWarnings(warnings.filter(({ code }) => code !== 'issue-exists')),
  }
}

/** What an import did, as a screen shows it. */
export function importView(outcome: ImportOutcome): ImportResultView {
  const { warnings, decisions, ...totals } = outcome
  const kinds = (['replaced', 'kept-as-edition', 'skipped', 'same'] as const).map((did) => {
    const issues = decisions.filter((decision) => decision.did === did).map(({ issue }) => issue)
    return { did, count: issues.length, issues: issues.slice(0, mostExamples) }
  })
  return {
    kind: 'import',
    ...totals,
    decisions: kinds.filter(({ count }) => count > 0),
    doubts: groupWarnings(warnings.filter(({ code }) => code !== 'issue-exists')),
  }
}
