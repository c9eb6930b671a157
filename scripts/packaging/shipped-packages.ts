import type { Plugin } from 'vite'

/** The folder of the package a module belongs to, `node_modules/…`; undefined for the project's own. */
export function packageFolder(file: string): string | undefined {
  const path = file.replaceAll('\\', '/')
  return /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]
}

/**
 * A plugin of the bundler: leaves `packages.json` beside what was bundled, the folders of all packages that something
 * in it came from. Licences and bill of materials are made from it (shipped-works.ts), so that they tell what is
 * shipped and not what was once written down.
 */
export function shippedPackages(): Plugin {
  return {
    name: 'shipped-packages',
    generateBundle(_options, bundle) {
      const folders = new Set<string>()
      for (const part of Object.values(bundle)) {
        for (const file of part.type === 'chunk' ? part.moduleIds : part.originalFileNames) {
          const folder = packageFolder(file)
          if (folder !== undefined) folders.add(folder)
        }
      }
      const source = `${JSON.stringify([...folders].sort(), null, 2)}\n`
      this.emitFile({ type: 'asset', fileName: 'packages.json', source })
    },
  }
}
