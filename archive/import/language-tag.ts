/** Codes of library metadata (ISO 639-2/B) that CLDR no longer lists as aliases. */
const libraryCodes: Record<string, string> = { scr: 'hr', scc: 'sr', mol: 'ro', roum: 'ro' }

/**
 * BCP 47 tag of a language code as METS, MODS and ALTO give it (ISO 639-1, 639-2 in both forms, with or without a
 * region); undefined when it is none. `ger` and `deu` are `de`, `wel` is `cy`.
 */
export function languageTag(code: string | undefined): string | undefined {
  const plain = code?.trim().toLowerCase().split(/[-_]/)[0] ?? ''
  if (!/^[a-z]{2,3}$/.test(plain)) return undefined
  return libraryCodes[plain] ?? new Intl.Locale(plain).language
}
