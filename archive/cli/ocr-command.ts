import { InvalidArgumentError, type Command } from 'commander'
import { isOcrLanguage, type OcrLanguage, ocrLanguages } from '../ocr/ocr-languages.ts'
import { recogniseArchive } from '../ocr/recognising.ts'
import type { CommandContext } from './importing-command.ts'

function languagesOf(text: string): OcrLanguage[] {
  const languages = text.split('+')
  if (!languages.every(isOcrLanguage)) {
    throw new InvalidArgumentError(`known languages: ${ocrLanguages.join(', ')}; several are joined by +`)
  }
  return languages.filter(isOcrLanguage)
}

/** `banmian ocr`: recognises the text of pages that were delivered without. */
export function addOcrCommand(program: Command, { terminal, cache }: CommandContext): void {
  program
    .command('ocr')
    .description('recognise the text of pages that have none, offline; run again it goes on where it was')
    .argument('<archive>')
    .option('--title <id>', 'only pages of this title')
    .option(
      '--language <codes>',
      `instead of what the titles' languages ask for: ${ocrLanguages.join(', ')}, joined by +`,
      languagesOf,
    )
    .option('--json', 'standard output is JSON alone')
    .action(async (archive: string, options: { title?: string; language?: OcrLanguage[] }) => {
      const interrupted = new AbortController()
      process.once('SIGINT', () => interrupted.abort())
      const outcome = await recogniseArchive(archive, {
        cache,
        title: options.title,
        languages: options.language,
        signal: interrupted.signal,
        onProgress: ({ phase, done, total, file }) => terminal().progress(phase, done, total, file),
      })
      const { pages, recognised, before, problems, confidence } = outcome
      for (const { file, code } of problems) terminal().say(`${file}: ${code}`)
      const sure = recognised > 0 ? `, confidence ${Math.round(confidence * 100)} %` : ''
      terminal().say(
        `${pages} pages without text: ${recognised} recognised${sure}, ${before} before, ${problems.length} problems`,
      )
      terminal().result(outcome)
    })
}
