import type { ImportWarning } from '../model.ts'
import { bagTags } from './bag-tags.ts'
import { warning } from './import-warning.ts'
import type { ImportEvent } from './importer.ts'
import type { Source } from './source.ts'

/** What systems and tools leave in every folder, and what dresses a web page: nothing that a newspaper delivers. */
const ofNoInterest =
  /(?:^|\/)(?:\.[^/]+|thumbs\.db|desktop\.ini|__macosx\/.*|(?:readme|licen[cs]e|changelog|copying)[^/]*)$|\.(?:css|js|ico|woff2?|ttf|map)(?:[?@][^/]*)?$|(?:^|\/)(?:tplimgs?|css|js|scripts?)\//i

/** More would fill a report and nobody's eyes: the last one says how many there are. */
const mostNamed = 500

/** The files that an event of an importer takes, or says something of. */
export function filesTold(event: ImportEvent): string[] {
  if (event.type === 'warning') return [event.warning.file]
  return event.type === 'files' ? event.files : [...event.files, ...event.issue.warnings.map(({ file }) => file)]
}

/**
 * The files of a source that no importer took, each as a warning: a delivery goes in whole, or it is said what did not.
 * `told`: the paths that were taken or named otherwise.
 */
export function unreadFiles(source: Pick<Source, 'files'>, told: { has: (file: string) => boolean }): ImportWarning[] {
  const isTag = bagTags(source.files)
  const left = source.files.filter((file) => !told.has(file) && !ofNoInterest.test(file) && !isTag(file))
  const named = left.slice(0, mostNamed).map((file) => warning('unread-file', file))
  const [next] = left.slice(mostNamed)
  return next === undefined ? named : [...named, warning('unread-files', next, { count: left.length - mostNamed })]
}
