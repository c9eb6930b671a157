import { plainFileName } from './link-resolution.ts'

const articleName = /^(?:con(?:tent)?[_-].+|nw\..+|c\d+|art(?:icle)?[_-]?\d.*)\.s?html?$/
const layoutName =
  /^(?:node[_-].+|nbs\..+|col[_-]?\w+|l\d+|layout.*|page(?!index)[_-]?\w*|ban[_-]?\w*|qpaper.*|index.*|\d+__\d+)\.s?html?$/

/** True for names of article pages of the known generations: `content_1.htm?div=-1`, `nw.D110000renmrb_…`, `c1.html`. */
export function isArticleName(path: string): boolean {
  return articleName.test(plainFileName(path))
}

/** True for names that layout pages have: a hint of where to look first, never a proof. */
export function isLayoutName(path: string): boolean {
  return layoutName.test(plainFileName(path)) && !isArticleName(path)
}

/** True for HTML, by name; also with a query behind it. */
export function isHtmlName(path: string): boolean {
  return /\.s?html?$/.test(plainFileName(path))
}

/** True for folders of template art and scripts, whose pages are never part of an issue. */
export function isTemplatePath(path: string): boolean {
  return /(?:^|\/)(?:tplimg|tplimgs|js|css|script|__macosx)\//i.test(path)
}

/**
 * The source's own id of an article, from the link to it: `content_306582.htm?div=-1` → `306582`,
 * `nw.D110000renmrb_20171016_1-01.htm` → `d110000renmrb_20171016_1-01`. Letters, digits, `-`, `_`, `.` only.
 */
export function articleIdOf(href: string): string {
  const name = plainFileName(href)
  const query = /\.(?:php|aspx?|jsp)$/.test(name) ? /[?&](?:\w*id|aid|cid)=(\w+)/i.exec(href)?.[1] : undefined
  const bare = (query ?? name).replace(/\.\w+$/, '').replace(/^(?:content[_-]|con[_-]|nw\.|c(?=\d+$))/, '')
  return bare.replace(/[^a-z\d._-]+/gi, '-').toLowerCase() || 'article'
}
