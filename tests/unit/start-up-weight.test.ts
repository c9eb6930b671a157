import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const out = join(import.meta.dirname, '../../out')

/** Every file that `entry` loads before it runs: what it names with `require` or `import … from`, and theirs. */
function loadedWith(entry: string, reference: RegExp, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen
  seen.add(entry)
  for (const [, path] of readFileSync(entry, 'utf8').matchAll(reference)) {
    if (path) loadedWith(join(dirname(entry), path), reference, seen)
  }
  return seen
}

const kilobytes = (files: Iterable<string>, weigh: (bytes: Buffer) => number): number =>
  [...files].reduce((sum, file) => sum + weigh(readFileSync(file)), 0) / 1024

// `npm test` builds first; a run of this file alone may stand before any build.
describe.skipIf(!existsSync(join(out, '.built')))('what is loaded before the first picture', () => {
  it('keeps the interface below 300 kB, packed', () => {
    const page = readFileSync(join(out, 'renderer/index.html'), 'utf8')
    const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path)
    expect(scripts.length).toBeGreaterThan(0)
    const files = new Set<string>()
    for (const script of scripts) loadedWith(join(out, 'renderer', script), /(?:from|import)"(\.\/[^"]+)"/g, files)
    expect(kilobytes(files, (bytes) => gzipSync(bytes).length)).toBeLessThan(300)
  })

  it('keeps search, schema and importers out of the main process', () => {
    const files = loadedWith(join(out, 'main/main.cjs'), /^(?:const .*)?require\("(\.[^"]+)"\)/gm)
    const all = [...files].map((file) => readFileSync(file, 'utf8')).join('\n')
    expect(all).toContain('app://ui')
    for (const heavy of ['archive/search/', 'node_modules/ajv', 'node_modules/saxes', 'archive/catalogue.ts']) {
      expect(all).not.toContain(`// ${heavy}`)
    }
  })
})
