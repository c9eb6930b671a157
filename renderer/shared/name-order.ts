/** Collations of Unicode CLDR: 拼音 for 简体, 笔画 for 繁體, the alphabet for English. */
const orders: Record<string, string> = {
  'zh-Hans': 'zh-Hans-u-co-pinyin-kn',
  'zh-Hant': 'zh-Hant-u-co-stroke-kn',
  en: 'en-u-kn',
}

/**
 * Things with names, in the order in which a reader of a language looks a name up. `language`: of the interface; numbers
 * in names count as numbers. Leaves the list as it was.
 */
export function inNameOrder<Named extends { name: string }>(things: readonly Named[], language: string): Named[] {
  const { compare } = new Intl.Collator(orders[language] ?? orders['en'])
  return [...things].sort((one, other) => compare(one.name, other.name))
}
