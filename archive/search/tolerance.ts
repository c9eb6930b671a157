import { characterClass, dense, word } from './character-class.ts'
import type { PhraseNode, QueryNode } from './query-language.ts'
import { mapPhrases } from './query-tree.ts'

/** Characters that a reading machine, and a tired eye, take for one another. Simplified, as texts are folded. */
const lookAlikes = `
  国囯 只祇 苏甦 己已巳 未末 人入八 日曰目 土士 干千于 天夫大太 王玉主 刀力 又叉 今令 午牛 田由甲申 戊戌戍 贝见 几儿九 大犬丈 木本术 白自 乌鸟
  问间闲 免兔 候侯 拆折 拔拨 治冶 沐沭 汩汨 冼洗 晴睛 侍待 徒徙 微徽 辨辩辫 析折 祟崇 茶荼 候侯 壁璧 暑署 慕幕墓暮 栗粟 遣遗 住往 枝技
  代伐 仟仵 休体 件仵 名各 古占 石右 左在 西酉 两雨 师帅 户尸 厂广 万方 风凤 订计 讣计 汁汗 汪注 泊洎 泪汨 秧快 抱抢 栽裁载 裹裏 戎戒
  竟竞 哀衷衰 炙灸 毫亳 兢竞 钓钩 钧钩 铃钤 锡铴 陕峡狭 隔融 阳阴 部郎 郊效 邱邸 胜性 朋明 肓盲 胄冑 亨享 卯卵 叨叼 旱早 昌冒 晶品 囚因困
  圆园 团困 壬王 季李 孑子 宜宣 官宫 宇字 寒塞 密蜜 巿市 币市 幻幼 廷延 弋戈 忙忆 惊掠 情清 手毛 扰拢 扬杨 抓爪 投技 担但 斤斥 料科`
  .trim()
  .split(/\s+/)
  .map((group) => [...group])

const confusions = new Map<string, Set<string>>()
for (const group of lookAlikes) {
  for (const character of group) {
    const others = confusions.get(character) ?? new Set<string>()
    for (const other of group) if (other !== character) others.add(other)
    confusions.set(character, others)
  }
}

/** Shorter words have too many neighbours that are words of their own. */
const shortestWord = 5
/** Each further form of a phrase is looked up in every segment. */
const mostForms = 256

function isAll(text: string, kind: number): boolean {
  return [...text].every((character) => characterClass(character.codePointAt(0) ?? 0) === kind)
}

/** Whether two different words become one by changing, adding or leaving out one letter. */
export function differByOneLetter(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1 || short === long) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start++
  const rest = short.length === long.length ? start + 1 : start
  return short.slice(rest) === long.slice(start + 1)
}

/** The phrase with one character in another form each time. */
export function lookAlikeForms(phrase: string): string[] {
  const characters = [...phrase]
  return characters.flatMap((character, place) =>
    [...(confusions.get(character) ?? [])].map((other) => characters.with(place, other).join('')),
  )
}

function wordsToExpand(node: QueryNode): string[] {
  const words: string[] = []
  mapPhrases(node, (phrase) => {
    if (isTolerantWord(phrase)) words.push(phrase.text)
    return phrase
  })
  return [...new Set(words)]
}

function isTolerantWord({ text, quoted, prefix }: PhraseNode): boolean {
  return !quoted && !prefix && text.length >= shortestWord && isAll(text, word) && !/\d/.test(text)
}

function formsOf(phrase: PhraseNode, near: Map<string, string[]>): string[] {
  if (isTolerantWord(phrase)) return near.get(phrase.text) ?? []
  const isHan = !phrase.quoted && phrase.text.length > 1 && isAll(phrase.text, dense)
  return isHan ? lookAlikeForms(phrase.text) : []
}

/**
 * The query with, beside each word and run of Han, the forms that a reading error makes of it. What is in quotation
 * marks and behind NOT is meant as written. `wordsNear` answers the archive's own words that one letter separates.
 */
export async function tolerantQuery(
  node: QueryNode,
  wordsNear: (words: string[]) => Promise<Map<string, string[]>>,
): Promise<QueryNode> {
  const words = wordsToExpand(node)
  const near = words.length > 0 ? await wordsNear(words) : new Map<string, string[]>()
  const expand = (part: QueryNode): QueryNode => {
    if (part.kind === 'all' || part.kind === 'any') return { ...part, nodes: part.nodes.map(expand) }
    if (part.kind !== 'phrase') return part
    const forms = formsOf(part, near).slice(0, mostForms)
    if (forms.length === 0) return part
    return { kind: 'any', nodes: [part, ...forms.map((text) => ({ ...part, text, glyphs: undefined }))] }
  }
  return expand(node)
}
