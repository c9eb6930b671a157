import dns from 'node:dns'
import net from 'node:net'
import { writeSync } from 'node:fs'
import { ArchiveError } from '../../../archive/errors.ts'
import { importSources } from '../../../archive/importing.ts'

/** What became of one source. */
export interface HostileOutcome {
  source: string
  /** Error code, or `crash: …` for anything that is none. */
  error?: string
  issues: number
  warnings: Record<string, number>
  milliseconds: number
}

/** What the child process says when it is through. */
export interface HostileReport {
  outcomes: HostileOutcome[]
  /** Peak memory of the process, bytes. */
  peak: number
  /** Every attempt to reach a host. */
  reached: string[]
}

const reached: string[] = []
const refuse = (name: string): never => {
  reached.push(name)
  throw new Error(`no network here: ${name}`)
}
net.Socket.prototype.connect = function connect(...where: unknown[]): never {
  return refuse(JSON.stringify(where[0]))
} as typeof net.Socket.prototype.connect
dns.lookup = ((host: string) => refuse(host)) as unknown as typeof dns.lookup

/** Imports sources one after the other into one archive: `hostile-importer.ts ARCHIVE SOURCE…`. */
const [archive = '', ...sources] = process.argv.slice(2)
const outcomes: HostileOutcome[] = []
for (const source of sources) {
  const outcome: HostileOutcome = { source, issues: 0, warnings: {}, milliseconds: 0 }
  const start = performance.now()
  try {
    const { issues, warnings } = await importSources([source], archive)
    outcome.issues = issues
    for (const { code } of warnings) outcome.warnings[code] = (outcome.warnings[code] ?? 0) + 1
  } catch (error) {
    outcome.error = error instanceof ArchiveError ? error.code : `crash: ${(error as Error).stack ?? String(error)}`
  }
  outcome.milliseconds = Math.round(performance.now() - start)
  outcomes.push(outcome)
}
const report: HostileReport = { outcomes, peak: process.resourceUsage().maxRSS * 1024, reached }
writeSync(1, `${JSON.stringify(report)}\n`)
