import { CommanderError, type Command } from 'commander'
import { keepReport, writeReport } from '../archive-logs.ts'
import { ArchiveError, explain, type Language } from '../errors.ts'
import { examineSources, type ExaminedSource } from '../examining.ts'
import { importSources } from '../importing.ts'
import { examinationReport, importReport, warningSentence } from '../import-report.ts'
import type { WhenThere } from '../import-merging.ts'
import type { ImportWarning } from '../model.ts'
import { readableBytes } from '../report-texts.ts'
import { runPrepare } from './commands.ts'
import type { Terminal } from './terminal.ts'

/** What every command is given. */
export interface CommandContext {
  terminal: () => Terminal
  cache: string
  language: Language
}

interface ImportWords {
  index: boolean
  name?: string
  dryRun?: boolean
  whenThere: string
  inPlace?: boolean
  set?: string[]
  report?: string
}

const choices: readonly WhenThere[] = ['skip', 'replace', 'keep-both']

/** `banmian import`, with its dry run. */
export function addImportCommand(program: Command, context: CommandContext): void {
  program
    .command('import')
    .description('import sources (folders, zips, files) into an archive, and index it')
    .argument('<source...>', 'sources, and last the archive')
    .option('--dry-run', 'read everything, say what was recognised and what is doubtful, and write nothing')
    .option('--when-there <choice>', 'an issue the archive holds already: skip, replace or keep-both', 'skip')
    .option('--in-place', 'leave the original files where they are')
    .option('--set <option=value...>', 'what an importer offers, such as pattern=…')
    .option('--report <file>', 'also write the report as FILE.html and FILE.csv')
    .option('--no-index', 'leave catalogue, index and pictures for later')
    .option('--name <name>', 'name of the archive, when it is made new')
    .option('--json', 'standard output is JSON alone')
    .action(async (words: string[], options: ImportWords) => {
      const target = words.at(-1)
      if (target === undefined || words.length < 2) throw new CommanderError(2, 'usage', 'name a source and an archive')
      const sources = words.slice(0, -1)
      await (options.dryRun
        ? runDryRun(sources, target, options, context)
        : runImport(sources, target, options, context))
    })
}

function optionsOf(sources: string[], { set = [] }: ImportWords): Record<string, Record<string, string>> {
  const values = Object.fromEntries(
    set.map((each) => {
      const [id = '', ...value] = each.split('=')
      if (id === '' || value.length === 0)
        throw new ArchiveError('bad-request', { reason: `--set ${each} has no value` })
      return [id, value.join('=')]
    }),
  )
  return Object.fromEntries(sources.map((source) => [source, values]))
}

async function runDryRun(sources: string[], target: string, words: ImportWords, context: CommandContext) {
  const terminal = context.terminal()
  const examined = await examineSources(sources, {
    target,
    options: optionsOf(sources, words),
    onProgress: ({ phase, done, total, file }) => terminal.progress(phase, done, total, file),
  })
  for (const source of examined) say(source, context)
  if (words.report !== undefined) {
    await writeReport(words.report, examinationReport(examined, target, context.language), context.language)
  }
  terminal.result({ dryRun: true, sources: examined })
  const [lost] = examined.flatMap(({ problem }) => (problem ? [problem] : []))
  if (lost && examined.every(({ problem }) => problem)) throw new ArchiveError(lost.code, lost.details)
}

function say(source: ExaminedSource, { terminal, language }: CommandContext): void {
  const { say: line } = terminal()
  line(`${source.path}${source.importers.length > 0 ? ` (${source.importers.join(', ')})` : ''}`)
  if (source.problem)
    line(`  ${source.problem.code}: ${explain(source.problem.code, source.problem.details, language)}`)
  for (const title of source.titles) {
    const gaps = title.gaps.length > 0 ? `, ${title.gaps.length} days seem to be missing` : ''
    const present = title.present > 0 ? `, ${title.present} in the archive already` : ''
    const span = `${title.first} – ${title.last}`
    line(`  ${title.id}  ${title.name}  ${span}  ${title.issues} issues, ${title.pages} pages${present}${gaps}`)
  }
  const { issues, pages, articles, words, kept, bytes } = source
  line(
    `  ${issues} issues, ${pages} pages, ${articles} articles, ${words} words; ${kept} files, ${readableBytes(bytes)}`,
  )
  sayWarnings(source.warnings, { terminal, language })
}

function sayWarnings(warnings: ImportWarning[], { terminal, language }: Pick<CommandContext, 'terminal' | 'language'>) {
  for (const warning of warnings) {
    terminal().say(`  ${warning.code}: ${warning.file}: ${warningSentence(warning, language)}`)
  }
  if (warnings.length > 0) terminal().say(`${warnings.length} warnings`)
}

async function runImport(sources: string[], target: string, words: ImportWords, context: CommandContext) {
  const { cache, language } = context
  const terminal = context.terminal()
  const whenThere = choices.find((one) => one === words.whenThere)
  if (!whenThere) throw new ArchiveError('bad-request', { reason: `--when-there ${words.whenThere} is unknown` })
  const outcome = await importSources(sources, target, {
    name: words.name,
    whenThere,
    inPlace: words.inPlace,
    options: optionsOf(sources, words),
    onProgress: ({ phase, done, total, file }) => terminal.progress(phase, done, total, file),
  })
  const report = importReport(outcome, sources, target, language)
  await keepReport(target, 'import', report, language)
  if (words.report !== undefined) await writeReport(words.report, report, language)
  if (words.index) await runPrepare(target, cache, terminal)
  const { issues, pages, articles, zones, words: count, warnings, decisions, bytes } = outcome
  terminal.say(`${issues} issues, ${pages} pages, ${articles} articles, ${zones} zones, ${count} words`)
  for (const { issue, did, edition } of decisions) terminal.say(`  ${issue}: ${did}${edition ? ` ${edition}` : ''}`)
  sayWarnings(warnings, context)
  terminal.result({ issues, pages, articles, zones, words: count, bytes, decisions, warnings })
}
