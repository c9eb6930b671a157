/**
 * Controls that turn the direction of text (they make a name read as another one), NUL and other controls, and the
 * invisible fillers that web editors leave. Line ends and tabs are white space and stay.
 */
const invisible =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g

/** Han, kana, full-width forms and CJK punctuation: scripts that are written without spaces. */
export const cjk = '\\u2E80-\\u303E\\u3040-\\u30FF\\u3400-\\u9FFF\\uF900-\\uFAFF\\uFE30-\\uFE4F\\uFF01-\\uFFEF'

const newlineBetweenCjk = new RegExp(`(?<=[${cjk}])[ \\t]*[\\r\\n]\\s*(?=[${cjk}])`, 'g')

/** One line: controls removed, white space (also U+3000 and nbsp) collapsed, ends trimmed. For names, labels, titles. */
export function cleanLine(text: string): string {
  return text.replace(invisible, '').replace(newlineBetweenCjk, '').replace(/\s+/g, ' ').trim()
}

/** The same, or undefined when nothing is left: for optional fields. */
export function cleanOptional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanLine(text) || undefined
}
