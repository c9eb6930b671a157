import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileLines } from '../../../archive/file-lines.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

async function linesOf(content: string): Promise<string[]> {
  const file = join(temporaryFolder(), 'lines')
  writeFileSync(file, content)
  const lines: string[] = []
  for await (const line of fileLines(file)) lines.push(line)
  return lines
}

it('ends a line at LF and CR LF and nowhere else', async () => {
  expect(await linesOf('a\r\nb\u2028c\rd\n\n版')).toEqual(['a', 'b\u2028c\rd', '', '版'])
  expect(await linesOf('')).toEqual([])
})

it('reads what is longer than one piece, with characters that lie over the border of two', async () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `${index} ${'版面'.repeat(index % 7)}`)
  expect(await linesOf(`${lines.join('\n')}\n`)).toEqual(lines)
})

it('says that a file is missing', async () => {
  const nothing = async (): Promise<void> => {
    for await (const line of fileLines(join(temporaryFolder(), 'none'))) throw new Error(line)
  }
  await expect(nothing()).rejects.toMatchObject({ code: 'missing-file' })
})
