import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchiveError } from '../archive/errors.ts'
import type { SelfTestLine } from './bridge/diagnostics-views.ts'
import type { CrashReport } from './crash-reports.ts'
import type { Library } from './library.ts'
import type { AnswerService } from './services.ts'
import type { SettingsPolicy } from './settings-policy.ts'

interface SelfTestParts {
  library: Pick<Library, 'list'>
  answers: Pick<AnswerService, 'checkUp' | 'notesState'>
  /** Folder of the program's data. */
  data: string
  policy: SettingsPolicy
  crashes: () => CrashReport[]
  /** How Chromium puts pages together, of `app.getGPUFeatureStatus()`. */
  compositing: () => string
  /** Process ids of the windows' contents. */
  contents: () => number[]
  /** Chromium's own word, where the system does not tell: false with `--no-sandbox`. */
  sandboxWanted: boolean
}

type Line = Omit<SelfTestLine, 'check'>

const megabyte = 1_000_000
/** Below it importing soon ends; below the other nothing can be kept. */
const littleSpace = 1000 * megabyte
const noSpace = 100 * megabyte

/** Looks at everything the program needs. A check that cannot be made counts as bad, with its reason. */
export async function selfTest(parts: SelfTestParts): Promise<SelfTestLine[]> {
  const { data, policy } = parts
  const checks: [SelfTestLine['check'], () => Line | Line[] | Promise<Line | Line[]>][] = [
    ['data', () => writable(data)],
    ['disk', () => space(data)],
    ['archive', () => archives(parts)],
    ['index', () => indexes(parts)],
    ['database', async () => ({ state: 'good', details: { version: (await parts.answers.checkUp({})).sqlite } })],
    ['notes', () => notes(parts)],
    ['sandbox', () => sandbox(parts)],
    ['graphics', () => graphics(parts.compositing())],
    ['policy', () => policyLine(policy)],
    [
      'crashes',
      () => ({ state: parts.crashes().length > 0 ? 'doubt' : 'good', details: { count: parts.crashes().length } }),
    ],
  ]
  const lines: SelfTestLine[] = []
  for (const [check, look] of checks) {
    try {
      lines.push(...[await look()].flat().map((line) => ({ check, ...line })))
    } catch (error) {
      const reason = error instanceof ArchiveError ? error.code : (error as Error).message
      lines.push({ check, state: 'bad', details: { reason } })
    }
  }
  return lines
}

function writable(data: string): Line {
  const file = join(data, `.written-${process.pid}`)
  writeFileSync(file, '版面')
  const back = readFileSync(file, 'utf8')
  rmSync(file)
  if (back !== '版面') throw new Error('what was written came back changed')
  return { state: 'good', details: {} }
}

async function space(data: string): Promise<Line> {
  const { bavail, bsize } = await statfs(data)
  const free = bavail * bsize
  const state = free < noSpace ? 'bad' : free < littleSpace ? 'doubt' : 'good'
  return { state, details: { megabytes: Math.floor(free / megabyte) } }
}

async function archives({ library }: SelfTestParts): Promise<Line[]> {
  return (await library.list()).map(({ name, state, totals, problem }, index) => ({
    state: state === 'ready' ? 'good' : state === 'unprepared' ? 'doubt' : 'bad',
    details: { pages: totals.pages, reason: problem?.code ?? state },
    archive: { number: index + 1, name },
  }))
}

/** Of the archives that could be opened; the others have been said. */
async function indexes({ library, answers }: SelfTestParts): Promise<Line[]> {
  const shelf = await library.list()
  const { archives: found } = await answers.checkUp({})
  return shelf.flatMap(({ id, name, state }, index) => {
    const known = found.find(({ archive }) => archive === id)
    if (!known || state !== 'ready') return []
    const line: Line = { state: known.indexed ? 'good' : 'doubt', details: { articles: known.articles } }
    return [{ ...line, archive: { number: index + 1, name } }]
  })
}

async function notes({ answers }: SelfTestParts): Promise<Line> {
  const { trouble } = await answers.notesState()
  return trouble ? { state: 'bad', details: { reason: trouble.code } } : { state: 'good', details: {} }
}

/** Linux says of each process whether system calls are filtered; elsewhere what was asked for counts. */
function sandbox({ contents, sandboxWanted }: SelfTestParts): Line {
  if (process.platform !== 'linux') return { state: sandboxWanted ? 'good' : 'bad', details: {} }
  const open = contents().filter((pid) => !/^Seccomp:\s*2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')))
  return { state: open.length === 0 ? 'good' : 'bad', details: { open: open.length } }
}

function graphics(compositing: string): Line {
  return { state: compositing.startsWith('enabled') ? 'good' : 'doubt', details: { compositing } }
}

function policyLine({ file, problem, locked }: SettingsPolicy): Line {
  if (problem !== undefined) return { state: 'bad', details: { reason: problem } }
  return { state: 'good', details: { count: file === undefined ? 0 : Object.keys(locked).length } }
}
