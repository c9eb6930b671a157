import { idOf, typeOf } from './annotations.ts'
import { canvasKey } from './annotation-text.ts'
import { createFileFinder, type FileFinder, stemOf } from './file-finder.ts'
import { labelOf } from './iiif-manifest.ts'
import { isJsonObject, objectsOf, parseJson } from './json-values.ts'
import { pictureFile } from './picture-files.ts'
import type { Source } from './source.ts'

/** A file of the source that is IIIF or Web Annotation JSON. */
export interface IiifFile {
  file: string
  id: string
  type: string
  value: unknown
}

/** The IIIF files of a source, found by their ids: nothing is fetched, so only what was delivered counts. */
export class IiifFiles {
  private readonly byId = new Map<string, IiifFile>()
  private readonly byKey = new Map<string, IiifFile[]>()
  readonly find: FileFinder

  constructor(
    readonly source: Source,
    readonly all: readonly IiifFile[],
  ) {
    this.find = createFileFinder(source)
    for (const each of all) {
      if (each.id !== '') this.byId.set(each.id, each)
      this.byKey.set(canvasKey(each.id), [...(this.byKey.get(canvasKey(each.id)) ?? []), each])
    }
  }

  /** The file of an id; else the one whose name is the end of it. */
  of(id: string, from: string): IiifFile | undefined {
    const exact = this.byId.get(id)
    if (exact) return exact
    const alike = this.byKey.get(canvasKey(id)) ?? []
    if (alike.length === 1) return alike[0]
    const { path } = this.find(from, id)
    const named = path ?? this.named(id, from)
    return this.all.find((each) => each.file === named)
  }

  /** Lists are kept under names made of their ids: `list/47174896` → `47174896.json`. */
  private named(id: string, from: string): string | undefined {
    const last = canvasKey(id)
      .split('/')
      .at(-1)
      ?.replace(/[^a-z\d._-]+/g, '-')
      .replace(/\.json$/, '')
    const folder = from.slice(0, from.lastIndexOf('/') + 1)
    const found = this.all.filter(
      (each) => each.file !== from && stemOf(each.file).replace(/[^a-z\d._-]+/g, '-') === last,
    )
    const near = found.filter((each) => each.file.startsWith(folder))
    return (near.length > 0 ? near : found).length === 1 ? (near[0] ?? found[0])?.file : undefined
  }

  /** The delivered collection or page of annotations whose id ends as that of a range: some name no other tie. */
  textOfRange(range: string): string | undefined {
    const end = canvasKey(range).split('/').at(-1) ?? ''
    const alike = this.all.filter(
      ({ id, type }) =>
        /^Annotation/.test(type) &&
        canvasKey(id)
          .split('/')
          .at(-1)
          ?.replace(/\.json$/, '') === end,
    )
    return end.length >= 8 && alike.length === 1 ? alike[0]?.id : undefined
  }

  /** The delivered picture of an address: of an image service the one of its identifier. */
  picture(addresses: readonly string[], from: string): string | undefined {
    for (const address of addresses) {
      const path = address
        .replace(/[?#].*$/, '')
        .replace(/\/(?:full|square|pct:[\d.]+|[\d.,]+)\/[^/]+\/!?\d+\/\w+\.\w+$/, '')
      const identifier = decode(path.split('/').at(-1) ?? '')
      const names = path === address.replace(/[?#].*$/, '') ? [path] : [address, identifier]
      for (const name of [...names, identifier, identifier.replace(/[:/]/g, '_')]) {
        const isServiceName = /^(?:default|native|color|info\.json)(?:\.\w+)?$/i.test(name.split('/').at(-1) ?? '')
        const { path: found } = this.find(from, isServiceName ? `${identifier}/${name.split('/').at(-1) ?? ''}` : name)
        if (found !== undefined && pictureFile.test(found)) return found
        const bare = pictureFile.test(name) || isServiceName ? undefined : this.find(from, `${name}.jpg`).path
        if (bare !== undefined && pictureFile.test(bare)) return bare
      }
    }
    return undefined
  }

  /** Label of the delivered collection that names a manifest: the title of the newspaper. */
  titleOf(manifest: string): string | undefined {
    const collection = this.all.find(
      ({ type, value }) =>
        type === 'Collection' &&
        isJsonObject(value) &&
        [...objectsOf(value['items']), ...objectsOf(value['manifests']), ...objectsOf(value['members'])].some(
          (each) => idOf(each) === manifest,
        ),
    )
    return collection && isJsonObject(collection.value) ? labelOf(collection.value['label']) || undefined : undefined
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Reads one JSON file. Throws ArchiveError `damaged-document`. */
export async function readIiifFile(source: Source, file: string): Promise<IiifFile> {
  const value = parseJson(await source.bytes(file), file)
  return { file, id: idOf(value), type: typeOf(value), value }
}
