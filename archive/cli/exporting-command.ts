import type { Command } from 'commander'
import { ArchiveError } from '../errors.ts'
import { exportBagZip } from '../export/bag-zip.ts'
import { exportPackages } from '../export/issue-packages.ts'
import type { CommandContext } from './importing-command.ts'

/** `banmian export`. */
export function addExportCommand(program: Command, context: CommandContext): void {
  program
    .command('export')
    .description('write an archive as a BagIt zip, as METS/ALTO, or as IIIF Presentation 3 with W3C annotations')
    .argument('<archive>')
    .argument('<out>', 'a zip file for a bag, else a new folder')
    .requiredOption('--format <format>', 'bag, mets or iiif')
    .option('--base <uri>', 'where the IIIF package will stand', 'https://example.org/iiif/')
    .option('--json', 'standard output is JSON alone')
    .action(async (archive: string, out: string, words: { format: string; base: string }) => {
      const terminal = context.terminal()
      const onProgress = (done: number, total: number, file: string): void =>
        terminal.progress('export', done, total, file)
      if (words.format === 'bag') {
        const files = await exportBagZip(archive, out, { onProgress })
        terminal.say(`${files} files`)
        return terminal.result({ files })
      }
      if (words.format !== 'mets' && words.format !== 'iiif') {
        throw new ArchiveError('bad-request', { reason: `--format ${words.format} is unknown` })
      }
      const base = words.base.endsWith('/') ? words.base : `${words.base}/`
      const result = await exportPackages(archive, out, words.format, { cache: context.cache, base, onProgress })
      for (const { file, code, message } of result.left) terminal.say(`  ${code}: ${file}: ${message}`)
      terminal.say(`${result.issues} issues, ${result.pages} pages, ${result.left.length} files left out`)
      terminal.result(result)
    })
}
