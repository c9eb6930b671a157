/**
 * Language of what a person wrote, as far as its setting goes: in an English interface Chinese text says what it is, or its
 * punctuation would be set as narrow as Latin quotation marks are. Undefined: as the interface.
 */
export function languageOfText(text: string, locale: string): 'zh' | undefined {
  return locale === 'en' && /\p{Script=Han}/u.test(text) ? 'zh' : undefined
}
