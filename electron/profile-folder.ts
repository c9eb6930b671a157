import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

interface Start {
  argv: readonly string[]
  /** Folder the program was started in. */
  folder: string
  /** File of the program, absolute; undefined while it is not packaged. */
  program?: string
  /** Of the environment: the file that a single-file package was started as, or its folder. */
  image?: string
}

/**
 * The folder for settings and notes when it is not the user's usual one: `--profile=FOLDER`, else a folder `profile`
 * beside the program where a file `portable` stands there. Undefined: the usual one.
 */
export function chosenProfile({ argv, folder, program, image }: Start): string | undefined {
  const given = argv.find((word) => word.startsWith('--profile='))?.slice('--profile='.length)
  if (given) return resolve(folder, given)
  const beside = image ?? program
  if (beside === undefined || !existsSync(join(dirname(beside), 'portable'))) return undefined
  return join(dirname(beside), 'profile')
}
