import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Source } from './source.ts'
import { openWarcSource } from './warc-source.ts'
import { openZipSource } from './zip-source.ts'

/**
 * A source over a WACZ file (Web Archive Collection Zipped 1.1): a zip with WARC files in `archive/`, which are
 * unpacked beside, since a record inside a packed file can only be found by reading all before it.
 * Throws ArchiveError as `openZipSource` and `openWarcSource` do.
 */
export async function openWaczSource(path: string): Promise<Source> {
  const zip = await openZipSource(path)
  const folder = await mkdtemp(join(tmpdir(), 'banmian-wacz-'))
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const warcs: string[] = []
    for (const file of zip.files.filter((each) => /^archive\/[^/]+\.warc(?:\.gz)?$/i.test(each))) {
      const target = join(folder, `${warcs.length}-${/\.gz$/i.test(file) ? 'x.warc.gz' : 'x.warc'}`)
      await writeFile(target, await zip.bytes(file))
      warcs.push(target)
    }
    const source = await openWarcSource(warcs, basename(path).replace(/\.wacz$/i, ''))
    return { ...source, packedIn: () => path, refused: [...zip.refused, ...source.refused], close: clear }
  } catch (error) {
    await clear()
    throw error
  } finally {
    await zip.close()
  }
}
