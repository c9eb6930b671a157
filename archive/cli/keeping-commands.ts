import type { Command } from 'commander'
import { join } from 'node:path'
import { openArchiveFolder } from '../archive-folder.ts'
import { keepReport, writeReport } from '../archive-logs.ts'
import { derivedFolder } from '../derived-folder.ts'
import { ArchiveError } from '../errors.ts'
import { verifyReport } from '../keeping-report.ts'
import { openReading } from '../reading.ts'
import { stretches } from '../publication-gaps.ts'
import { compareArchives, healArchive } from '../second-copy.ts'
import { listGaps, type TitleGaps } from '../title-gaps.ts'
import { verifyArchive } from '../verifying.ts'
import type { CommandContext } from './importing-command.ts'

/** The commands by which an archive stays whole. `damaged`: called when something is not as it should be. */
export function addKeepingCommands(program: Command, context: CommandContext, damaged: () => void): void {
  program
    .command('verify')
    .description('check every file against the manifests; a check that was stopped goes on')
    .argument('<archive>')
    .option('--quick', 'only that everything is there and as large as it was; documents byte by byte')
    .option('--report <file>', 'also write the report as FILE.html and FILE.csv')
    .option('--json', 'standard output is JSON alone')
    .action(async (archive: string, words: { quick?: boolean; report?: string }) => {
      if (!(await runVerify(archive, words, context))) damaged()
    })
  program
    .command('gaps')
    .description('what is missing, damaged or without text, title by title')
    .argument('<archive>')
    .option('--json', 'standard output is JSON alone')
    .action((archive: string) => runGaps(archive, context))
  program
    .command('compare')
    .description('how a second copy differs, by the manifests')
    .argument('<archive>')
    .argument('<copy>')
    .option('--json', 'standard output is JSON alone')
    .action(async (archive: string, copy: string) => {
      if (!(await runCompare(archive, copy, context))) damaged()
    })
  program
    .command('heal')
    .description('restore what is damaged or missing from a second copy')
    .argument('<archive>')
    .requiredOption('--from <copy>', 'the second copy')
    .option('--json', 'standard output is JSON alone')
    .action(async (archive: string, { from }: { from: string }) => {
      if (!(await runHeal(archive, from, context))) damaged()
    })
}

async function runVerify(
  archive: string,
  words: { quick?: boolean; report?: string },
  { terminal: open, cache, language }: CommandContext,
): Promise<boolean> {
  const terminal = open()
  const { path, declaration } = await openArchiveFolder(archive)
  const derived = await derivedFolder({ path, id: declaration.id }, cache)
  const result = await verifyArchive(archive, {
    mode: words.quick ? 'quick' : 'full',
    notes: join(derived.path, 'verify.notes'),
    onProgress: (done, total, file) => terminal.progress('verify', done, total, file),
  })
  for (const kind of ['damaged', 'missing', 'extra'] as const) {
    for (const file of result[kind]) terminal.say(`${kind}: ${file}`)
  }
  const state = result.ok ? 'all as they should be' : 'not all as they should be'
  terminal.say(`${result.files} files${result.resumed > 0 ? ` (${result.resumed} read before)` : ''}, ${state}`)
  const report = verifyReport(path, result, await gapsOf(archive, cache), language)
  await keepReport(path, 'verify', report, language)
  if (words.report !== undefined) await writeReport(words.report, report, language)
  terminal.result(result)
  return result.ok
}

/** Nothing for an archive without an index: its files can be checked all the same. */
async function gapsOf(archive: string, cache: string): Promise<TitleGaps[]> {
  try {
    const reading = await openReading(archive, cache)
    const gaps = listGaps(reading)
    reading.close()
    return gaps
  } catch (error) {
    if (error instanceof ArchiveError) return []
    throw error
  }
}

async function runGaps(archive: string, { terminal: open, cache }: CommandContext): Promise<void> {
  const terminal = open()
  const reading = await openReading(archive, cache)
  const gaps = listGaps(reading)
  reading.close()
  for (const title of gaps) {
    terminal.say(`${title.id}  ${title.name}  ${title.first} – ${title.last}  ${title.issues} issues`)
    if (title.never.length > 0) terminal.say(`  never published on weekdays ${title.never.join(', ')}`)
    for (const [from, to] of stretches(title.missing))
      terminal.say(`  missing: ${from}${to === from ? '' : ` – ${to}`}`)
    for (const issue of title.damaged) terminal.say(`  damaged: ${issue}`)
    for (const issue of title.withoutText) terminal.say(`  without text: ${issue}`)
  }
  terminal.result(gaps)
}

async function runCompare(archive: string, copy: string, { terminal: open }: CommandContext): Promise<boolean> {
  const terminal = open()
  const result = await compareArchives(archive, copy)
  const { same, onlyInFirst, onlyInSecond, different, related } = result
  for (const file of different) terminal.say(`different: ${file}`)
  for (const file of onlyInFirst) terminal.say(`only in ${archive}: ${file}`)
  for (const file of onlyInSecond) terminal.say(`only in ${copy}: ${file}`)
  terminal.say(`${same} files the same${related ? '' : '; these are not copies of one archive'}`)
  terminal.result(result)
  return different.length + onlyInFirst.length + onlyInSecond.length === 0
}

async function runHeal(archive: string, copy: string, context: CommandContext): Promise<boolean> {
  const terminal = context.terminal()
  const result = await healArchive(archive, copy, {
    onProgress: (done, total, file) => terminal.progress('heal', done, total, file),
  })
  for (const file of result.healed) terminal.say(`healed: ${file}`)
  for (const file of result.left) terminal.say(`left: ${file}`)
  terminal.say(`${result.healed.length} files restored, ${result.left.length} left`)
  const { before, healed, left } = result
  terminal.result({ damaged: before.damaged, missing: before.missing, healed, left })
  return left.length === 0
}
