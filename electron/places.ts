import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

interface Start {
  argv: readonly string[]
  /** Folder the program was started in. */
  folder: string
  /** File of the program, absolute; undefined while it is not packaged. */
  program?: string
  /** Of the environment: the file that a single-file package was started as. */
  image?: string
}

/** Where the program keeps its own data when it is not the user's usual place. */
export interface ChosenProfile {
  /** Absolute; undefined: the usual one. */
  folder?: string
  /** A file `portable` stands beside the program. */
  portable: boolean
  /** The folder beside the program that could not be written, so that the usual one is used. */
  refused?: string
}

/**
 * The folder for everything the program writes: `--profile=FOLDER`, else a folder `profile` beside the program where a
 * file `portable` stands there. From a medium that cannot be written, such as a disc, the usual one.
 */
export function chosenProfile({ argv, folder, program, image }: Start): ChosenProfile {
  const given = argv.find((word) => word.startsWith('--profile='))?.slice('--profile='.length)
  if (given) return { folder: resolve(folder, given), portable: false }
  const file = image ?? program
  if (file === undefined) return { portable: false }
  // On macOS the program that one sees and copies is the bundle around it.
  const place = dirname(file.replace(/\.app\/Contents\/MacOS\/.*$/, '.app'))
  if (!existsSync(join(place, 'portable'))) return { portable: false }
  const profile = join(place, 'profile')
  return isWritable(profile) ? { folder: profile, portable: true } : { portable: true, refused: profile }
}

/** True when files can be made in a folder, which is made for that. */
export function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The folders in which the program writes, all below the one of its data. */
export interface Places {
  data: string
  logs: string
  crashes: string
  notes: string
  derived: string
  updates: string
}

export function placesIn(data: string): Places {
  return {
    data,
    logs: join(data, 'logs'),
    crashes: join(data, 'crashes'),
    notes: join(data, 'notes'),
    derived: join(data, 'derived'),
    updates: join(data, 'updates'),
  }
}
