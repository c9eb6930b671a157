import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

interface Program {
  packaged: boolean
  /** Folder that a package keeps its further files in. */
  resources: string
  /** Folder of the project, while it is not packaged. */
  project: string
}

/**
 * The folder of the sample archive that came with the program: beside it in a package, the one that `npm start` made
 * before. Undefined where there is none, as in a package that was made without it.
 */
export function shippedSample({ packaged, resources, project }: Program): string | undefined {
  if (packaged) return whole(join(resources, 'sample-archive'))
  const made = join(project, 'out/sample')
  if (!existsSync(made)) return undefined
  const newest = readdirSync(made)
    .map((name) => join(made, name, 'sample-archive'))
    .filter((path) => whole(path))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)
  return newest[0]
}

function whole(archive: string): string | undefined {
  return existsSync(join(archive, 'derived/catalogue.sqlite')) ? archive : undefined
}
