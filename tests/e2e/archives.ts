import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { IssueDocument } from '../../archive/model.ts'
import { sampleArchive } from './app.ts'
import { sampleIssue } from './steps.ts'

interface Wishes {
  issues?: string[]
  /** Changes each document before it is written. */
  change?: (document: IssueDocument) => IssueDocument
}

/** A new archive with a few issues of the sample, not prepared: quick to make and to damage. Answers its folder. */
export function smallArchive(
  folder: string,
  name: string,
  { issues = ['jcrb/2013-01-10/1'], change = (document) => document }: Wishes = {},
): string {
  const archive = join(folder, name)
  const manifest = new Map<string, string>()
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(archive, path)), { recursive: true })
    writeFileSync(join(archive, path), content)
  }
  for (const issue of issues) {
    const document = sampleIssue(issue)
    for (const path of filesOf(document)) {
      mkdirSync(dirname(join(archive, path)), { recursive: true })
      copyFileSync(join(sampleArchive(), path), join(archive, path))
      manifest.set(path, sha256(readFileSync(join(archive, path))))
    }
    const changed = change(document)
    const content = JSON.stringify(changed)
    const path = documentPath([changed.title.id, changed.date, changed.edition].join('/'))
    write(path, content)
    manifest.set(path, sha256(content))
  }
  write('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
  const declaration = { format: 'banmian-archive', version: 1, id: sha256(archive).slice(0, 16), name }
  write('banmian.json', JSON.stringify(declaration))
  const lines = [...manifest].sort().map(([path, sum]) => `${sum}  ${path}\n`)
  write('manifest-sha256.txt', lines.join(''))
  return archive
}

/** Where the document of an issue stands in an archive. */
export function documentPath(issue: string): string {
  const [title = '', date = '', edition = ''] = issue.split('/')
  return `data/issues/${title}/${date.slice(0, 4)}/${date}_${edition.padStart(2, '0')}.json`
}

/** Every file that a document names, from the archive's folder. */
function filesOf(document: IssueDocument): string[] {
  const renditions = document.pages.flatMap((page) => page.renditions.map(({ file }) => file))
  const photos = document.articles.flatMap((article) => article.photos.flatMap(({ file }) => file ?? []))
  return [...new Set([...renditions, ...photos])].map((file) => `data/${file}`)
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
