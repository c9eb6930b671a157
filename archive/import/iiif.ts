import { idOf, targetOf, typeOf } from './annotations.ts'
import { IiifFiles, type IiifFile, readIiifFile } from './iiif-files.ts'
import { iiifIssue } from './iiif-issue.ts'
import { readManifest } from './iiif-manifest.ts'
import { stopIfCancelled, warning, warningFrom } from './import-warning.ts'
import type { Importer, ImporterContext, ImportEvent, Recognition } from './importer.ts'
import { isJsonObject, objectsOf } from './json-values.ts'
import type { Source } from './source.ts'
import { readSourceStart } from './source-start.ts'

const id = 'iiif'
const version = 3

const isIiif =
  /iiif\.io\/api\/presentation|shared-canvas\.org|"@?type"\s*:\s*"(?:sc:)?(?:Manifest|Collection|AnnotationList|AnnotationPage|AnnotationCollection)"/
const isManifest = /"@?type"\s*:\s*"(?:sc:)?Manifest"/
const largestJson = 64 * 1024 * 1024

async function recognise(source: Source): Promise<Recognition | undefined> {
  const entries: string[] = []
  let hasManifest = false
  for (const file of source.files) {
    if (!/\.(?:json|jsonld)$/i.test(file)) continue
    const start = await readSourceStart(source, file)
    if (!isIiif.test(start)) continue
    entries.push(file)
    // The type may stand behind a long list of metadata.
    hasManifest ||= isManifest.test(start) || /\/presentation\//.test(start)
  }
  return hasManifest ? { confidence: 0.85, entries } : undefined
}

/** Manifests that a collection lists and that were not delivered. */
function missingManifests(all: readonly IiifFile[]): { file: string; id: string }[] {
  const known = new Set(all.map((each) => each.id))
  return all.flatMap(({ file, type, value }) => {
    if (type !== 'Collection' || !isJsonObject(value)) return []
    const listed = [...objectsOf(value['items']), ...objectsOf(value['manifests']), ...objectsOf(value['members'])]
    return listed
      .filter((each) => typeOf(each) === 'Manifest' && !known.has(idOf(each)))
      .map((each) => ({ file, id: idOf(each) }))
  })
}

async function* read(source: Source, recognition: Recognition, context: ImporterContext): AsyncGenerator<ImportEvent> {
  const all: IiifFile[] = []
  for (const file of recognition.entries) {
    stopIfCancelled(context.signal)
    if (context.claimed?.has(file)) continue
    try {
      if ((await source.size(file)) > largestJson) throw new Error(`larger than ${largestJson} bytes`)
      all.push(await readIiifFile(source, file))
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, file, 'damaged-document') }
    }
  }
  const files = new IiifFiles(source, all)
  const used = new Set<string>()
  const editions = new Set<string>()
  let done = 0
  for (const file of all) {
    stopIfCancelled(context.signal)
    context.onProgress?.(++done, all.length, file.file)
    const manifest = readManifest(file.value, targetOf)
    if (!manifest) continue
    used.add(file.file)
    if (manifest.canvases.length === 0) {
      yield { type: 'files', files: [file.file] }
      yield { type: 'warning', warning: warning('no-issue', file.file, { reason: 'the manifest has no canvases' }) }
      continue
    }
    try {
      const { issue, files: kept } = await iiifIssue(manifest, file, files, {
        importer: id,
        version,
        name: source.name,
      })
      while (editions.has(`${issue.title.id}/${issue.date}/${issue.edition}`)) issue.edition++
      editions.add(`${issue.title.id}/${issue.date}/${issue.edition}`)
      for (const each of kept) used.add(each)
      yield { type: 'issue', issue, files: kept }
    } catch (error) {
      yield { type: 'warning', warning: warningFrom(error, file.file, 'issue-unreadable') }
    }
  }
  for (const { id: missing } of missingManifests(all))
    yield { type: 'warning', warning: warning('missing-file', missing) }
  for (const { file, type } of all) {
    if (used.has(file)) continue
    yield { type: 'files', files: [file] }
    const reason = type === 'Collection' ? undefined : `${type || 'it'} belongs to no manifest that was delivered`
    if (reason) yield { type: 'warning', warning: warning('no-issue', file, { reason }) }
  }
}

/** IIIF Presentation 2 and 3 whose manifests, pictures and texts lie in the source. Nothing is ever fetched. */
export const iiifImporter: Importer = { id, version, recognise, read }
