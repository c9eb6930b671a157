import { explain, isErrorCode, type Details, type Language } from './errors.ts'
import type { ExaminedSource } from './examining.ts'
import type { IssueDecision } from './import-merging.ts'
import type { ImportOutcome } from './importing.ts'
import type { ImportWarning } from './model.ts'
import { stretches } from './publication-gaps.ts'
import { readableBytes, reportText, type ReportText } from './report-texts.ts'
import type { Report, ReportPart } from './report.ts'

/** A warning in a language; codes of importers this program does not know keep the importer's own sentence. */
export function warningSentence({ code, file, message, details }: ImportWarning, language: Language): string {
  if (!isErrorCode(code) || (details === undefined && language === 'en')) return message
  const sentence = explain(code, { file, ...(details as Details | undefined) }, language)
  return sentence.replace(/\{\w+\}/g, '…')
}

/** The report of a dry run. */
export function examinationReport(sources: readonly ExaminedSource[], target: string, language: Language): Report {
  const word = (key: ReportText): string => reportText(language, key)
  const sum = (key: 'issues' | 'pages' | 'articles' | 'kept' | 'bytes'): number =>
    sources.reduce((total, source) => total + source[key], 0)
  const titles = sources.flatMap((source) => source.titles.map((title) => ({ source, title })))
  return {
    heading: word('dryRun'),
    subject: target || sources.map(({ path }) => path).join(', '),
    made: new Date().toISOString(),
    facts: [
      [word('sources'), String(sources.length)],
      ...(['issues', 'pages', 'articles'] as const).map((key): [string, string] => [word(key), String(sum(key))]),
      [word('files'), String(sum('kept'))],
      [word('bytes'), readableBytes(sum('bytes'))],
    ],
    parts: [
      {
        heading: word('sources'),
        empty: word('nothing'),
        columns: (['sources', 'importer', 'issues', 'pages', 'articles', 'files', 'bytes', 'problem'] as const).map(
          word,
        ),
        rows: sources.map((source) => [
          source.path,
          source.importers.join(', '),
          source.issues,
          source.pages,
          source.articles,
          source.kept,
          readableBytes(source.bytes),
          source.problem ? explain(source.problem.code, source.problem.details, language) : '',
        ]),
      },
      {
        heading: word('titles'),
        empty: word('nothing'),
        columns: (['title', 'sources', 'first', 'last', 'issues', 'pages', 'articles', 'present', 'gaps'] as const).map(
          word,
        ),
        rows: titles.map(({ source, title }) => [
          title.name,
          source.name,
          title.first,
          title.last,
          title.issues,
          title.pages,
          title.articles,
          title.present,
          title.gaps.length,
        ]),
      },
      gapPart(
        titles.map(({ title }) => title),
        language,
      ),
      warningPart(
        sources.flatMap(({ name, warnings }) => warnings.map((warning) => ({ source: name, warning }))),
        language,
      ),
    ],
  }
}

/** The report of an import. */
export function importReport(outcome: ImportOutcome, sources: string[], target: string, language: Language): Report {
  const word = (key: ReportText): string => reportText(language, key)
  return {
    heading: word('imported'),
    subject: target,
    made: new Date().toISOString(),
    facts: [
      ...(['issues', 'pages', 'articles', 'words'] as const).map((key): [string, string] => [
        word(key),
        String(outcome[key]),
      ]),
      [word('bytes'), readableBytes(outcome.bytes)],
    ],
    parts: [
      { heading: word('sources'), empty: '', columns: [word('sources')], rows: sources.map((source) => [source]) },
      {
        heading: word('decisions'),
        empty: word('noDecisions'),
        columns: [word('issue'), word('done')],
        rows: outcome.decisions.map((decision) => [decision.issue, decisionText(decision, language)]),
      },
      warningPart(
        outcome.warnings.map((warning) => ({ source: '', warning })),
        language,
      ),
    ],
  }
}

function decisionText({ did, edition }: IssueDecision, language: Language): string {
  return reportText(language, did).replace('{edition}', String(edition ?? ''))
}

/** Runs of days on which issues seem to be missing. */
export function gapPart(titles: readonly { name: string; gaps: string[] }[], language: Language): ReportPart {
  const word = (key: ReportText): string => reportText(language, key)
  return {
    heading: word('gaps'),
    empty: word('noGaps'),
    columns: [word('title'), word('from'), word('to'), word('days')],
    rows: titles.flatMap(({ name, gaps }) =>
      stretches(gaps).map(([from, to]) => [name, from, to, (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1]),
    ),
  }
}

function warningPart(found: { source: string; warning: ImportWarning }[], language: Language): ReportPart {
  const word = (key: ReportText): string => reportText(language, key)
  return {
    heading: word('doubtful'),
    empty: word('allUnderstood'),
    columns: [word('sources'), word('file'), word('reason'), word('code')],
    rows: found.map(({ source, warning }) => [source, warning.file, warningSentence(warning, language), warning.code]),
  }
}
