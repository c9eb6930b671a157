import { isAbsolute } from 'node:path'
import * as v from 'valibot'
import { ArchiveError } from '../errors.ts'
import { pinHashShape } from './pin-hash.ts'

/**
 * What the staff decides for a reading-room screen: a JSON file that visitors cannot write (docs/kiosk.en.md). All but
 * `version` and `archives` has a default, and the default is always the narrower choice.
 */

const languages = ['zh-Hans', 'zh-Hant', 'en'] as const
const path = v.pipe(
  v.string('must be a path'),
  v.check((given) => isAbsolute(given) && !given.includes('\0'), 'must be an absolute path'),
)
const flag = (otherwise: boolean) => v.optional(v.boolean('must be true or false'), otherwise)
const whole = (least: number, most: number, otherwise: number) =>
  v.optional(
    v.pipe(
      v.number('must be a number'),
      v.integer('must be a whole number'),
      v.minValue(least, `must be at least ${least}`),
      v.maxValue(most, `must be at most ${most}`),
    ),
    otherwise,
  )
const language = v.picklist(languages, `must be one of ${languages.join(', ')}`)

/** What is wrong with an object, or with an entry it should not have or lacks. */
const entryProblem = ({ expected, received }: { expected: string | null; received: string }): string => {
  if (expected === 'never') return 'is not a known entry'
  return received === 'undefined' ? 'is missing' : 'must be an object'
}

const policySchema = v.pipe(
  v.strictObject(
    {
      version: v.literal(1, 'must be 1'),
      /** Of the reading room. */
      name: v.optional(v.pipe(v.string('must be text'), v.minLength(1, 'is empty'), v.maxLength(80, 'is too long'))),
      archives: v.pipe(
        v.array(path, 'must be a list of paths'),
        v.minLength(1, 'must name at least one archive'),
        v.maxLength(200, 'names more than 200 archives'),
      ),
      /** Ids of the titles shown; all when it is not said. */
      titles: v.optional(
        v.pipe(
          v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(120)), 'must be a list of ids'),
          v.minLength(1, 'is an empty list: leave it out to show every title'),
        ),
      ),
      languages: v.optional(v.pipe(v.array(language, 'must be a list'), v.minLength(1, 'is empty')), [...languages]),
      /** What a visit begins with; the first of `languages` when it is not said. */
      language: v.optional(language),
      theme: v.optional(
        v.picklist(['light', 'dark', 'sepia', 'contrast'], 'must be light, dark, sepia or contrast'),
        'light',
      ),
      allow: v.optional(
        v.strictObject(
          {
            search: flag(true),
            print: flag(false),
            readAloud: flag(true),
            takeHome: v.optional(v.strictObject({ qr: flag(true), stick: flag(false) }, entryProblem), {
              qr: true,
              stick: false,
            }),
          },
          entryProblem,
        ),
        {},
      ),
      /** Without a touch until the visitor is asked. */
      idleSeconds: whole(2, 3600, 90),
      /** From the question until the visit ends. */
      warningSeconds: whole(1, 300, 20),
      /** How many pages a visit may print. */
      printPages: whole(1, 200, 10),
      /** Name of the printer as the system knows it; the system's own choice when it is not said. */
      printer: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
      /** Where sticks appear: the mount point of one, or the folder in which they are mounted. */
      stickFolder: v.optional(path),
      /** Made by `banmian kiosk pin`; without one nobody leaves by the screen. */
      pin: v.optional(v.pipe(v.string(), v.regex(pinHashShape, 'is not a hash made by “banmian kiosk pin”'))),
      /** From so many megabytes on, all processes together, it starts itself anew between two visits. */
      memoryLimit: whole(500, 64_000, 2000),
    },
    entryProblem,
  ),
  v.check(
    ({ language: first, languages: shown }) => first === undefined || shown.includes(first),
    'language: must be one of languages',
  ),
  v.check(
    ({ allow, stickFolder }) => !allow.takeHome.stick || stickFolder !== undefined,
    'stickFolder: must be given where allow.takeHome.stick is true',
  ),
)

export type KioskPolicy = v.InferOutput<typeof policySchema>

/**
 * The policy in the text of a file. Throws ArchiveError `bad-policy` that names every entry that is wrong; `file`: how
 * it is called there.
 */
export function parsePolicy(text: string, file: string): KioskPolicy {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ArchiveError('bad-policy', { file, reason: `it is no JSON (${(error as Error).message})` })
  }
  const parsed = v.safeParse(policySchema, value)
  if (parsed.success) return parsed.output
  const wrong = parsed.issues.map((issue) => {
    const place = v.getDotPath(issue)
    return place === null ? issue.message : `${place}: ${issue.message}`
  })
  throw new ArchiveError('bad-policy', { file, reason: wrong.slice(0, 10).join('; ') })
}

/** The language a visit begins with. */
export function firstLanguage({ language: chosen, languages: shown }: KioskPolicy): (typeof languages)[number] {
  return chosen ?? shown[0] ?? 'zh-Hans'
}
