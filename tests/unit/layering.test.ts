import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** The words that all layers share: types, closed lists, sentences. */
const words = /^archive\/(errors|model|annotations\/annotation-model)\.ts$/

/** Who may import whom (docs/architecture.md). The first rule whose folder matches a file decides. */
const rules: { from: string; may: RegExp[]; reason: string }[] = [
  {
    from: 'archive/',
    may: [
      /^archive\//,
      /^node:/,
      /^(?!(electron|renderer|tests)(\/|$)|vue$|pinia$|vue-|openseadragon$|@tanstack\/|@lucide\/)[@a-z]/,
    ],
    reason: 'archive/ is plain Node: no electron, no vue, no other layer',
  },
  {
    from: 'electron/bridge/',
    may: [/^electron\/bridge\//, words, /^valibot$/],
    reason: 'the border imports neither electron nor node:, only the words both sides share',
  },
  {
    from: 'electron/',
    may: [/^electron\//, /^archive\//, /^node:/, /^electron$/, /^valibot$/],
    reason: 'electron/ is a thin shell over archive/',
  },
  {
    from: 'renderer/',
    may: [
      /^renderer\//,
      /^electron\/bridge\//,
      words,
      /^archive\/annotations\/(region-shape|text-anchor)\.ts$/,
      /^archive\/deep-link\.ts$/,
      /^(vue|pinia|vue-router|vue-i18n|openseadragon|@tanstack\/vue-virtual|@lucide\/vue|marked|@fontsource-variable\/.*|opencc-js.*|qr|simple-keyboard|@pinyin-pro\/data\/complete|virtual:pinyin-dictionary)$/,
    ],
    reason: 'renderer/ sees only the typed bridge',
  },
]

/**
 * The reading-room screen is no feature beside the others but a second root, in place of App.vue and router.ts: as they
 * do, it composes what the features show. Nobody but main.ts knows it.
 */
const composedByKiosk = /^renderer\/(viewer|article|search)\/|^renderer\/shell\/use-appearance\.ts$/

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`
    if (statSync(join(root, path)).isDirectory()) return sourceFiles(path)
    return /\.(ts|vue)$/.test(name) && !name.endsWith('.d.ts') ? [path] : []
  })
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  // Not after a quote or a point: the words also stand in texts and names, as in 'library.import'.
  const found = [...text.matchAll(/(?<![\w.'"])(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map((match) => match[1]!)
  return found.map((name) =>
    name.startsWith('.') ? relative(root, resolve(root, dirname(file), name.replace(/\?.*$/, ''))) : name,
  )
}

function violations(file: string, imports: string[]): string[] {
  const rule = rules.find((candidate) => file.startsWith(candidate.from))
  if (!rule) return []
  return imports
    .filter((name) => !rule.may.some((pattern) => pattern.test(name)))
    .map((name) => `${file} imports ${name}: ${rule.reason}`)
}

it('holds who may import whom', () => {
  const files = ['archive', 'electron', 'renderer'].flatMap(sourceFiles)
  expect(files.flatMap((file) => violations(file, importsOf(file)))).toEqual([])
})

it('finds a planted violation of each layer', () => {
  expect(violations('archive/a.ts', ['electron'])).toHaveLength(1)
  expect(violations('archive/a.ts', ['renderer/main.ts', 'vue'])).toHaveLength(2)
  expect(violations('electron/bridge/a.ts', ['node:fs', 'archive/archive.ts'])).toHaveLength(2)
  expect(violations('electron/a.ts', ['renderer/main.ts'])).toHaveLength(1)
  expect(violations('renderer/a.ts', ['archive/archive.ts', 'electron/main.ts', 'node:fs'])).toHaveLength(3)
})

it('keeps a feature of the renderer out of another feature, but for its store', () => {
  const strayed = sourceFiles('renderer').flatMap((file) => {
    const [, feature] = file.split('/')
    if (!feature || feature.includes('.') || feature === 'shared') return []
    return importsOf(file)
      .filter((name) => name.startsWith('renderer/') && !name.startsWith(`renderer/${feature}/`))
      .filter((name) => !name.startsWith('renderer/shared/') && !name.endsWith('-store.ts'))
      .filter((name) => feature !== 'kiosk' || !composedByKiosk.test(name))
      .map((name) => `${file} imports ${name}`)
  })
  expect(strayed).toEqual([])
})

it('lets nothing but the entry know the reading-room screen', () => {
  const outside = sourceFiles('renderer').filter((file) => !file.startsWith('renderer/kiosk/'))
  const knowing = outside.filter((file) => importsOf(file).some((name) => name.startsWith('renderer/kiosk/')))
  expect(knowing).toEqual(['renderer/main.ts'])
})

it('keeps file names that explain themselves and files that hold one idea', () => {
  const all = ['archive', 'electron', 'renderer', 'tests'].flatMap(sourceFiles)
  expect(all.filter((file) => /\/(utils?|helpers?|common|types|index)\.(ts|vue)$/.test(file))).toEqual([])
  const long = all.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 401)
  expect(long).toEqual([])
})
