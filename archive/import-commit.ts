import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fetchName, inPlaceName, manifestName, readOxum, sortedManifestText, writeTagFiles } from './bag.ts'
import { exists, filesBelow, joinInside, readWhole, sizeOf, syncFolder, writeAtomic } from './files.ts'
import type { ImportTables } from './import-tables.ts'
import { formatFetch, formatInPlace, type InPlaceFiles } from './in-place.ts'

/**
 * The commit of an import. Everything new waits in `.import/<key>/payload`, a tree like the bag itself, with the new
 * manifest beside it. `.import/commit.json` is the point of no return: before it nothing of the archive has changed,
 * after it the same steps are simply done again until they are through.
 */
export const stagingRoot = '.import'
const journalName = 'commit.json'

interface Journal {
  key: string
  /** Payload-Oxum after the commit. */
  bytes: number
  files: number
}

/**
 * Makes staged files part of the archive, whole or not at all, and closes the tables. `inPlace`: every original of the
 * archive that is left in place, when that changes.
 */
export async function commitStaged(
  bag: string,
  key: string,
  name: string,
  tables: ImportTables,
  inPlace?: InPlaceFiles,
): Promise<void> {
  await dropStale(join(bag, stagingRoot, key, 'payload'), tables)
  const totals = tables.totals()
  let bytes = (await readOxum(bag)).bytes + totals.bytes
  for (const path of tables.replaced()) bytes -= await sizeOf(joinInside(bag, path))
  if (inPlace) {
    await writeAtomic(join(bag, stagingRoot, key, inPlaceName), formatInPlace(inPlace))
    await writeAtomic(join(bag, stagingRoot, key, fetchName), formatFetch(inPlace))
  }
  const journal: Journal = { key, bytes, files: totals.next }
  await writeAtomic(join(bag, stagingRoot, key, manifestName), sortedManifestText(tables.next()))
  tables.close()
  await writeAtomic(join(bag, stagingRoot, journalName), `${JSON.stringify(journal)}\n`)
  await rollForward(bag, journal, name)
}

/** Files left by an earlier, killed run of the same import that this run did not want. */
async function dropStale(payload: string, tables: ImportTables): Promise<void> {
  for await (const path of filesBelow(payload)) {
    if (tables.staged(path) === undefined) await rm(joinInside(payload, path))
  }
}

/** True when a commit passed its point of no return and was not finished. */
export function hasUnfinishedCommit(bag: string): Promise<boolean> {
  return exists(join(bag, stagingRoot, journalName))
}

/** Finishes a commit that was interrupted, under the archive's lock; does nothing when there is none. */
export async function recoverCommit(bag: string, name: string): Promise<void> {
  if (!(await hasUnfinishedCommit(bag))) return
  const journal = await readWhole(join(bag, stagingRoot, journalName))
  await rollForward(bag, JSON.parse(journal.toString('utf8')) as Journal, name)
}

async function rollForward(bag: string, journal: Journal, name: string): Promise<void> {
  const staging = joinInside(join(bag, stagingRoot), journal.key)
  const payload = join(staging, 'payload')
  const folders = new Set<string>()
  for await (const path of filesBelow(payload)) {
    const to = joinInside(bag, path)
    await mkdir(dirname(to), { recursive: true })
    await rename(joinInside(payload, path), to)
    folders.add(dirname(to))
  }
  // A manifest must never name a file whose new place is not on the disk yet.
  for (const folder of folders) await syncFolder(folder)
  for (const tag of [inPlaceName, fetchName, manifestName]) {
    if (!(await exists(join(staging, tag)))) continue
    await rename(join(staging, tag), join(bag, tag))
    await syncFolder(bag)
  }
  await writeTagFiles(bag, { name, bytes: journal.bytes, files: journal.files })
  await rm(join(bag, stagingRoot), { recursive: true, force: true })
}
