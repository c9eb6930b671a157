import { Command, CommanderError } from 'commander'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fromDatabaseError } from '../catalogue.ts'
import { ArchiveError, explain, type Language } from '../errors.ts'
import { runIndex, runInfo } from './commands.ts'
import { addExportCommand } from './exporting-command.ts'
import { addImportCommand, type CommandContext } from './importing-command.ts'
import { addKeepingCommands } from './keeping-commands.ts'
import { addKioskCommands } from './kiosk-commands.ts'
import { addOcrCommand } from './ocr-command.ts'
import { runSearch } from './searching.ts'
import { openTerminal, type Terminal } from './terminal.ts'
import { addUpdateCommand } from './update-command.ts'

/** Exit codes, documented in README: 0 done, 1 a bug, 2 wrong use, 3 an error a user can mend, 4 verify found damage. */
const exitCodes = { done: 0, bug: 1, usage: 2, known: 3, damaged: 4 } as const

function languageOf(environment: NodeJS.ProcessEnv): Language {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  if (/^zh_(TW|HK|MO)|^zh.*hant/i.test(locale)) return 'zh-Hant'
  return /^zh/i.test(locale) ? 'zh-Hans' : 'en'
}

function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'banmian', 'derived')
}

/** The command line as a program; answers its exit code. */
async function main(argv: string[]): Promise<number> {
  const cache = cacheFolder(process.env)
  let code: number = exitCodes.done
  let terminal: Terminal = openTerminal(false)
  const program = new Command('banmian')
    .description('Banmian 版面: archives of newspaper issues, from the command line')
    .option('--json', 'standard output is JSON alone')
    .exitOverride()
    .hook('preAction', (command, action) => {
      terminal = openTerminal(command.opts()['json'] === true || action.opts()['json'] === true)
    })

  const context: CommandContext = { terminal: () => terminal, cache, language: languageOf(process.env) }
  addImportCommand(program, context)
  addOcrCommand(program, context)
  addUpdateCommand(program, context)
  program
    .command('index')
    .alias('prepare')
    .description(
      'make everything derived that is missing or damaged: catalogue, search index, pictures, tiles, word boxes',
    )
    .option('--rebuild', 'throw away what was derived, and make all of it anew')
    .argument('<archive>')
    .option('--json', 'standard output is JSON alone')
    .action((archive: string, { rebuild }: { rebuild?: boolean }) => runIndex({ archive, cache, terminal, rebuild }))
  program
    .command('search')
    .description('find words in an archive')
    .argument('<archive>')
    .argument('[query]')
    .option('--queries <file>', 'a file with one query a line (- is standard input); answers one line each')
    .option('--all', 'every hit, not the first 20 only')
    .option('--limit <number>', 'how many hits', '20')
    .option('--from <date>', 'first day, month or year, ISO')
    .option('--to <date>', 'last day, month or year, ISO')
    .option('--title <id...>', 'only these titles, by id or name')
    .option('--kind <kind...>', 'article, photo, advert, notice, page')
    .option('--page <label...>', 'only on these pages')
    .option('--section <name...>', 'only in these sections')
    .option('--text', 'only articles with text')
    .option('--no-text', 'only articles without text')
    .option('--within <title/date/edition#article>', 'only in this issue, or article')
    .option('--exact-glyphs', 'Han as it is written: no simplified for traditional')
    .option('--fuzzy', 'also what differs by one wrong letter or look-alike character')
    .option('--sort <order>', 'date (newest first), newest, oldest or relevance', 'date')
    .option('--json', 'standard output is JSON alone')
    .action((archive: string, query: string | undefined, options: Record<string, unknown>) => {
      const queries = options['queries'] === undefined ? undefined : String(options['queries'])
      return runSearch({ archive, query, queries, options, cache, terminal, language: languageOf(process.env) })
    })
  program
    .command('info')
    .description('what an archive holds')
    .argument('<archive>')
    .option('--issue <title/date/edition>', 'the document of one issue')
    .option('--json', 'standard output is JSON alone')
    .action((archive: string, options: { issue?: string }) =>
      runInfo({ archive, issue: options.issue, cache, terminal }),
    )
  addKeepingCommands(program, context, () => (code = exitCodes.damaged))
  addExportCommand(program, context)
  addKioskCommands(program, context)

  try {
    await program.parseAsync(argv)
    return code
  } catch (thrown) {
    terminal.endProgress()
    const error = fromDatabaseError(thrown, 'catalogue.sqlite')
    if (error instanceof CommanderError) {
      if (error.code === 'usage') process.stderr.write(`${error.message}\n`)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    }
    if (!(error instanceof ArchiveError)) {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      return exitCodes.bug
    }
    const message = explain(error.code, error.details, languageOf(process.env))
    process.stderr.write(`banmian: ${error.code}: ${message}\n`)
    if (terminal.json) terminal.result({ error: { code: error.code, message, ...error.details } })
    return exitCodes.known
  }
}

process.stdout.on('error', () => process.exit(exitCodes.done))
void main(process.argv).then((code) => {
  process.exitCode = code
})
