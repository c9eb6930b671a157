import type { Language } from './errors.ts'
import { gapPart } from './import-report.ts'
import { reportText, type ReportText } from './report-texts.ts'
import type { Report, ReportPart } from './report.ts'
import type { TitleGaps } from './title-gaps.ts'
import type { VerifyResult } from './verifying.ts'

/** The report of a fixity check, with the gap list when the archive could be read. */
export function verifyReport(
  archive: string,
  result: VerifyResult,
  gaps: readonly TitleGaps[],
  language: Language,
): Report {
  const word = (key: ReportText): string => reportText(language, key)
  const files = (key: 'damaged' | 'missing' | 'extra'): ReportPart => ({
    heading: word(key),
    empty: word('nothing'),
    columns: [word('file')],
    rows: result[key].map((file) => [file]),
  })
  return {
    heading: word('verified'),
    subject: archive,
    made: new Date().toISOString(),
    facts: [
      [word('checked'), String(result.files)],
      [word('mode'), word(result.mode)],
      ...(['damaged', 'missing', 'extra'] as const).map((key): [string, string] => [
        word(key),
        String(result[key].length),
      ]),
    ],
    parts: [files('damaged'), files('missing'), files('extra'), ...gapParts(gaps, language)],
  }
}

/** The gap list as parts of a report. */
function gapParts(gaps: readonly TitleGaps[], language: Language): ReportPart[] {
  const word = (key: ReportText): string => reportText(language, key)
  const weekdays = word('weekdays').split(' ')
  const list = (heading: ReportText, of: 'damaged' | 'withoutText'): ReportPart => ({
    heading: word(heading),
    empty: word('nothing'),
    columns: [word('title'), word('issue')],
    rows: gaps.flatMap((title) => title[of].map((issue) => [title.name, issue])),
  })
  return [
    {
      heading: word('titles'),
      empty: word('nothing'),
      columns: [word('title'), word('first'), word('last'), word('issues'), word('gaps'), word('never')],
      rows: gaps.map(({ name, first, last, issues, missing, never }) => [
        name,
        first,
        last,
        issues,
        missing.length,
        never.map((day) => weekdays[day - 1] ?? '').join(' '),
      ]),
    },
    gapPart(
      gaps.map(({ name, missing }) => ({ name, gaps: missing })),
      language,
    ),
    list('damaged', 'damaged'),
    list('withoutText', 'withoutText'),
  ]
}
