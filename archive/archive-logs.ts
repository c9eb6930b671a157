import { join } from 'node:path'
import { ArchiveError, type Language } from './errors.ts'
import { writeAtomic } from './files.ts'
import { reportCsv, reportHtml, type Report } from './report.ts'

/** Where an archive keeps the reports of what was done to it: not part of the payload, and in no manifest. */
const logsName = 'logs'

/** Writes a report as `BASE.html` and `BASE.csv`; answers both. Throws ArchiveError `disk-full`, `read-only`. */
export async function writeReport(base: string, report: Report, language: Language): Promise<string[]> {
  await writeAtomic(`${base}.html`, reportHtml(report, language))
  await writeAtomic(`${base}.csv`, reportCsv(report))
  return [`${base}.html`, `${base}.csv`]
}

/** Keeps a report with the archive it is about; nothing when the archive cannot be written: it was still given. */
export async function keepReport(
  archive: string,
  kind: 'import' | 'verify' | 'heal',
  report: Report,
  language: Language,
): Promise<string[]> {
  const time = report.made.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-')
  try {
    return await writeReport(join(archive, logsName, `${time}-${kind}`), report, language)
  } catch (error) {
    if (error instanceof ArchiveError && ['disk-full', 'read-only'].includes(error.code)) return []
    throw error
  }
}
