/** ISO 639-2 codes of library metadata (both forms where there are two) whose BCP 47 tag is shorter. */
const shortTags: Record<string, string> = {
  chi: 'zh',
  cze: 'cs',
  ces: 'cs',
  dan: 'da',
  deu: 'de',
  dut: 'nl',
  eng: 'en',
  fin: 'fi',
  fra: 'fr',
  fre: 'fr',
  ger: 'de',
  gre: 'el',
  heb: 'he',
  hrv: 'hr',
  hun: 'hu',
  ita: 'it',
  jpn: 'ja',
  kor: 'ko',
  lat: 'la',
  lit: 'lt',
  nld: 'nl',
  nor: 'no',
  pol: 'pl',
  por: 'pt',
  rum: 'ro',
  rus: 'ru',
  slo: 'sk',
  slv: 'sl',
  spa: 'es',
  swe: 'sv',
  ukr: 'uk',
  yid: 'yi',
  zho: 'zh',
}

/** BCP 47 tag of a language code as METS, MODS and ALTO give it; undefined when it is none. */
export function languageTag(code: string | undefined): string | undefined {
  const plain = code?.trim().toLowerCase().split(/[-_]/)[0] ?? ''
  return shortTags[plain] ?? (/^[a-z]{2,3}$/.test(plain) ? plain : undefined)
}
