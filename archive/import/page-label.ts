import { cleanLine } from './clean-text.ts'

/** Page label 版次 and page name 版名. */
export interface PageLabel {
  /** As printed, without 第 and 版: `01`, `A01`, `002`, `23`. */
  label: string
  name?: string
}

const numerals = '[〇零一二三四五六七八九十百]{1,4}'
const code = `[A-Za-z]{0,4}[-－]?\\d{1,4}[A-Za-z]?|[A-Za-z]{1,2}${numerals}|${numerals}|头|头条`
const withWord = new RegExp(`^(?:第\\s*(${code})\\s*版?|(${code})\\s*版)\\s*(?:[:：·、]\\s*|\\s+|$)(.*)$`)
const withColon = new RegExp(`^(${code})\\s*[:：]\\s*(.*)$`)

/** Full-width letters and digits to the usual ones; other characters stay as printed. */
function halfWidth(text: string): string {
  return text.replace(/[！-～]/g, (full) => {
    const plain = String.fromCharCode(full.charCodeAt(0) - 0xfee0)
    return /[A-Za-z0-9]/.test(plain) ? plain : full
  })
}

/**
 * Reads `第01版：要闻`, `A01： 头版`, `第 002 版：…`, `第C04版：体育·娱乐`, `第23版:今日沁阳/新春特刊`, `01版:要闻`.
 * Undefined when the text is no page label.
 */
export function parsePageLabel(text: string): PageLabel | undefined {
  const line = halfWidth(cleanLine(text)).replace(/^[·•\-\s>»]+/, '')
  const word = withWord.exec(line)
  const match = word ? [word[1] ?? word[2], word[3]] : withColon.exec(line)?.slice(1)
  if (!match?.[0]) return undefined
  const name = match[1]?.trim()
  // The front page is page 1 by its name.
  if (/^头/.test(match[0])) return { label: '1', name: name || '头版' }
  return name ? { label: match[0], name } : { label: match[0] }
}

const digits = '〇一二三四五六七八九'

function chineseNumber(text: string): number | undefined {
  const plain = text.replaceAll('零', '〇')
  const tens = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(plain)
  if (tens) return (tens[1] ? digits.indexOf(tens[1]) : 1) * 10 + (tens[2] ? digits.indexOf(tens[2]) : 0)
  const each = [...plain].map((digit) => digits.indexOf(digit))
  return each.length > 0 && each.every((digit) => digit >= 0) ? Number(each.join('')) : undefined
}

/** One form for labels that mean the same page, so that `第三版`, `3` and `03` meet: `A1` for `A01`. */
export function comparablePageLabel(label: string): string {
  const plain = halfWidth(label).replace(/\s/g, '').toUpperCase()
  const [, letters = '', rest = ''] = /^([A-Z]*)[-－]?(.*)$/.exec(plain) ?? []
  if (/^头/.test(rest)) return `${letters}1`
  const number = /^\d+/.test(rest) ? Number.parseInt(rest, 10) : chineseNumber(rest)
  return number === undefined ? plain : `${letters}${number}`
}
