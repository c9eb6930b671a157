import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { isDeepLink, parseDeepLink, type DeepLink } from '../archive/deep-link.ts'
import { ArchiveError } from '../archive/errors.ts'
import type { IssueView, LinkPlace, OpenedArchive, OpenRequest } from './bridge/views.ts'
import type { Library } from './library.ts'
import type { AnswerService } from './services.ts'

interface RequestParts {
  library: Pick<Library, 'openIdentity' | 'ask'>
  answers: Pick<AnswerService, 'readIssue'>
  /** Opens a folder and has it prepared when needed. */
  openPath: (path: string) => Promise<OpenedArchive>
  prepare: (archive: OpenedArchive) => void
}

/** What a word from outside asks for: a link, or the folder of an archive. */
export interface OpenRequests {
  /**
   * Throws ArchiveError: those of opening an archive; for a link also `bad-link`, `unknown-archive`, `unknown-issue`,
   * `unknown-page`, `unknown-article`.
   */
  open: (word: string) => Promise<OpenRequest>
}

export function openRequests({ library, answers, openPath, prepare }: RequestParts): OpenRequests {
  async function followed(link: DeepLink): Promise<OpenRequest> {
    const archive = await library.openIdentity(link.archive)
    if (!archive) {
      const name = link.name ?? link.title ?? link.archive
      throw new ArchiveError('unknown-archive', { archive: link.archive, name })
    }
    if (archive.state === 'unprepared') prepare(archive)
    const { title, date, edition = 1, q, hit } = link
    if (title === undefined || date === undefined) return { archive, place: { title, q } }
    const issue = { title, date, edition }
    try {
      const view = await library.ask(archive.id, () => answers.readIssue({ archive: archive.id, ...issue }))
      return { archive, place: { issue, q, hit, view: viewOf(link), ...placeIn(view, link) } }
    } catch (error) {
      // Its catalogue is being made: the archive can be shown, its pages not yet.
      if (error instanceof ArchiveError && ['no-index', 'stale-index'].includes(error.code)) return { archive }
      throw error
    }
  }

  return {
    open: async (word) => {
      const meant = isDeepLink(word) ? word : meantBy(word)
      return isDeepLink(meant) ? followed(parseDeepLink(meant)) : { archive: await openPath(meant) }
    },
  }
}

const longestLinkFile = 8192

/**
 * What a file stands for that the desktop hands over: a link file (`.banmian`, a text whose first line is a link) for
 * its link, the declaration of an archive for its folder. Anything else for itself.
 */
export function meantBy(path: string): string {
  if (basename(path) === 'banmian.json') return dirname(path)
  if (!path.endsWith('.banmian')) return path
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile() || stat.size > longestLinkFile) return path
  const [line = ''] = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  return isDeepLink(line.trim()) ? line.trim() : path
}

/** Page and article of a link by their ids. A label that several pages bear is told apart by the id. */
export function placeIn(
  issue: Pick<IssueView, 'title' | 'date' | 'edition' | 'pages' | 'articles'>,
  { page, pageId, article }: DeepLink,
): Pick<LinkPlace, 'page' | 'article'> {
  const name = `${issue.title}/${issue.date}/${issue.edition}`
  const head = article === undefined ? undefined : issue.articles.find(({ id }) => id === article)
  if (article !== undefined && !head) throw new ArchiveError('unknown-article', { file: `${name}#${article}` })
  if (page === undefined && pageId === undefined) return { article, page: head?.pages[0] }
  const labelled = page === undefined ? issue.pages : issue.pages.filter(({ label }) => label === page)
  const found =
    labelled.find(({ id }) => id === pageId) ?? (page === undefined ? undefined : labelled[0]) ?? sameId(issue, page)
  if (!found) throw new ArchiveError('unknown-page', { file: `${name}/${page ?? pageId}` })
  return { article, page: found.id }
}

/** Pages without a label are named by their ids. */
const sameId = (issue: Pick<IssueView, 'pages'>, page: string | undefined) => issue.pages.find(({ id }) => id === page)

function viewOf({ region }: DeepLink): string | undefined {
  return region && [region.x, region.y, region.w, region.h].map((value) => value.toFixed(4)).join(',')
}

/** The word on a command line that says what to open: the first after the program that is no switch. */
export function requestedWord(argv: readonly string[], { folder, packaged }: { folder: string; packaged: boolean }) {
  // Unpackaged, the first word is the app's own folder; switches may stand anywhere.
  const word = argv.slice(1).filter((each) => !each.startsWith('-'))[packaged ? 0 : 1]
  return word === undefined || isDeepLink(word) ? word : resolve(folder, word)
}
