import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** A work of others in the packaged program. */
export interface ShippedWork {
  name: string
  version: string
  /** SPDX expression, a choice already made. */
  licence: string
  /** Of the lock file: `sha512-…`. */
  integrity?: string
  /** Text of the licence as the package brings it. */
  text?: string
  /** Part of a bundle; otherwise it lies in the program as a package. */
  bundled: boolean
}

interface LockedPackage {
  version?: string
  license?: string
  integrity?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

type Lock = Record<string, LockedPackage | undefined>

export const root = resolve(import.meta.dirname, '../..')

/** What these allow is what the program does with the works. No GPL and no AGPL is among them. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CPAL-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
])

/** Where the author leaves the choice. */
const chosen: Record<string, string> = { 'CPAL-1.0 OR AGPL-1.0': 'CPAL-1.0', 'MIT OR Apache-2.0': 'MIT' }

/** True for a licence, or several together, that the program may be shipped with. */
export function isAllowed(licence: string | undefined): boolean {
  return (licence ?? '').split(' AND ').every((one) => allowed.has(one))
}

/** Folders of the packages that stay packages, and of everything they need in turn, as Node looks for it. */
function keptPackages(lock: Lock): Set<string> {
  const found = new Set<string>()
  const follow = (name: string, from: string): void => {
    for (let place = from; ; place = place.slice(0, Math.max(place.lastIndexOf('/node_modules/'), 0))) {
      const folder = `${place === '' ? '' : `${place}/`}node_modules/${name}`
      const entry = lock[folder]
      if (entry && found.has(folder)) return
      if (entry) {
        found.add(folder)
        for (const need of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) follow(need, folder)
        return
      }
      if (place === '') return
    }
  }
  for (const name of Object.keys(lock['']?.dependencies ?? {})) follow(name, '')
  return found
}

function licenceText(folder: string): string | undefined {
  const place = join(root, folder)
  if (!existsSync(place)) return undefined
  const file = readdirSync(place).find((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  return file && readFileSync(join(place, file), 'utf8').replaceAll('\r\n', '\n').trim()
}

/**
 * All works of others that are shipped, by name: what the bundler took in (`out/…/packages.json`, so the program has
 * to be built) and what stays a package, for every system. Throws with the names of those without a licence that
 * allows it.
 */
export function shippedWorks(): ShippedWork[] {
  const { packages: lock } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lock }
  const bundled = new Set(
    ['main', 'preload', 'renderer'].flatMap(
      (part) => JSON.parse(readFileSync(join(root, 'out', part, 'packages.json'), 'utf8')) as string[],
    ),
  )
  const works = [...new Set([...bundled, ...keptPackages(lock)])].map((folder) => {
    const { version = '', license = '', integrity } = lock[folder] ?? {}
    const stated = license.replace(/^\((.*)\)$/, '$1')
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const text = licenceText(folder)
    return { name, version, licence: chosen[stated] ?? stated, integrity, text, bundled: bundled.has(folder) }
  })
  const bad = works.filter(({ licence }) => !isAllowed(licence))
  if (bad.length > 0) {
    const list = bad.map(({ name, version, licence }) => `${name} ${version}: ${licence || 'no licence'}`)
    throw new Error(`Shipped, but with no licence that allows it:\n${list.join('\n')}`)
  }
  return works.sort((one, other) => (one.name < other.name ? -1 : 1))
}
