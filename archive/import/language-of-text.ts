/** Characters that only one of the two scripts uses, among the most frequent of newspapers. */
const onlySimplified = new Set('国会这个们来时说学对为发经点与后报书区开关东车门问间电话长进业产动现实还过将应机')
const onlyTraditional = new Set('國會這個們來時說學對為發經點與後報書區開關東車門問間電話長進業產動現實還過將應機')
for (const shared of [...onlySimplified].filter((one) => onlyTraditional.has(one))) {
  onlySimplified.delete(shared)
  onlyTraditional.delete(shared)
}

/**
 * BCP 47 tag by the script of a text, for sources that do not say: `zh-Hans`, `zh-Hant`, `ja`, `ko`; `und`, a language
 * that nobody told, for all that is not written in one of these.
 */
export function languageOfText(text: string): string {
  let [han, kana, hangul, simplified, traditional, letters] = [0, 0, 0, 0, 0, 0]
  for (const character of text.slice(0, 20_000)) {
    if (/\p{L}/u.test(character)) letters++
    if (/\p{Script=Han}/u.test(character)) han++
    else if (/[\u3041-\u30FF]/.test(character)) kana++
    else if (/\p{Script=Hangul}/u.test(character)) hangul++
    if (onlySimplified.has(character)) simplified++
    else if (onlyTraditional.has(character)) traditional++
  }
  if (hangul > letters / 3) return 'ko'
  if (kana > (han + kana) / 10 && han + kana > letters / 4) return 'ja'
  if (han <= letters / 4) return 'und'
  return traditional > simplified ? 'zh-Hant' : 'zh-Hans'
}

/**
 * The language of a newspaper that no metadata tells: by the script of its text, else of its name. `und` when both are
 * written in letters that many languages share.
 */
export function languageOfNewspaper(name: string, texts: Iterable<string>): string {
  let sample = ''
  for (const text of texts) if ((sample += `${text}\n`).length > 4000) break
  const ofText = languageOfText(sample)
  return ofText === 'und' && !/\p{L}{20}|(?:\p{L}[^\p{L}]*){40}/u.test(sample) ? languageOfText(name) : ofText
}
