import { isTag, isText } from 'domhandler'
import type { AnyNode } from 'domhandler'
import type { Block } from '../model.ts'
import { cleanLine } from './clean-text.ts'
import { isBlockElement, isSilent, type Step } from './html-tree.ts'

/** A picture as an article page names it. */
export interface BodyPhoto {
  src: string
  caption?: string
}

export interface ArticleBody {
  blocks: Block[]
  photos: BodyPhoto[]
}

/** A section heading 小标题 is one short line; longer bold text is emphasis. */
const longestHeading = 40

const numbered =
  /^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）])[^。！？]{1,30}[。！？]?$/

/** True for lines like `一、产业规模持续壮大。`, which stand alone and number the sections of an article. */
export function isNumberedHeading(line: string): boolean {
  return numbered.test(line)
}

const control =
  '上一篇|下一篇|上一版|下一版|上一期|下一期|放大|缩小|默认|朗读|收藏|推荐|剪报|打印|关闭|返回目录|返回首页|版面导航|标题导航'
const controls = new RegExp(`^[\\s|｜·▲▼<>《》+\\-34]*(?:(?:${control})[\\s|｜·▲▼<>《》+\\-34]*)+$`)

/** A long line is text, whatever words are in it. */
const longestNoise = 200

/** True for lines that belong to the site and not to the newspaper: controls, licence numbers, subscription adverts. */
export function isSiteNoise(line: string): boolean {
  if (line.length > longestNoise) return false
  return (
    controls.test(line) ||
    /ICP(?:备|证)\S*\d/i.test(line) ||
    /^移动手机用户.{0,20}发送短信/.test(line) ||
    /未经(?:许可|书面授权|允许).{0,20}(?:转载|复制|镜像)/.test(line) ||
    /官方微博参与互动$/.test(line)
  )
}

/** True for template art, which is no photo. */
export function isTemplateImage(src: string): boolean {
  return src === '' || /(?:^|\/)tplimgs?\//i.test(src) || /^data:/i.test(src)
}

interface Line {
  text: string
  isHeading: boolean
}
type Item = { photo: BodyPhoto } | { line: Line }

/** Collects lines and pictures of a stretch of a page, which may begin and end inside elements. */
function itemsOf(steps: Step[], taken: ReadonlySet<AnyNode>): Item[] {
  const items: Item[] = []
  const depth = { silent: 0, taken: 0, bold: 0, heading: 0 }
  let [text, boldLetters, wasHeading] = ['', 0, false]
  const endLine = (): void => {
    const line = cleanLine(text)
    const letters = text.replace(/\s/g, '').length
    const isBold = boldLetters > 0 && boldLetters >= letters && line.length <= longestHeading && !/[，；,;]$/.test(line)
    if (line && !isSiteNoise(line)) {
      items.push({ line: { text: line, isHeading: wasHeading || isBold || isNumberedHeading(line) } })
    }
    ;[text, boldLetters, wasHeading] = ['', 0, false]
  }
  for (const { node, leaving } of steps) {
    if (isText(node)) {
      if (depth.silent > 0 || depth.taken > 0) continue
      text += node.data
      if (depth.bold > 0) boldLetters += node.data.replace(/\s/g, '').length
      if (depth.heading > 0 && node.data.trim()) wasHeading = true
      continue
    }
    if (!isTag(node)) continue
    const change = leaving ? -1 : 1
    if (isBlockElement(node)) endLine()
    if (isSilent(node)) depth.silent = Math.max(0, depth.silent + change)
    if (taken.has(node)) depth.taken = Math.max(0, depth.taken + change)
    if (node.name === 'b' || node.name === 'strong') depth.bold = Math.max(0, depth.bold + change)
    if (/^h[2-6]$/.test(node.name)) depth.heading = Math.max(0, depth.heading + change)
    const src = node.attribs.src?.trim() ?? ''
    if (node.name === 'img' && !leaving && depth.silent === 0 && depth.taken === 0 && !isTemplateImage(src)) {
      endLine()
      items.push({ photo: { src } })
    }
  }
  endLine()
  return items
}

/** A line under a picture that names who took it or says what the picture is. */
function isCaption(line: Line): boolean {
  return line.text.length <= 200 && (/摄[)）】]?。?$/.test(line.text) || /^(?:图[①-⑳\d]*[为：:]|[▲△↑])/.test(line.text))
}

/**
 * Paragraphs, section headings and pictures of a stretch of an article page, in document order. Elements in `taken`
 * (fields and photo tables that were read before) are passed over. No markup is kept.
 */
export function bodyOf(steps: Step[], taken: ReadonlySet<AnyNode>): ArticleBody {
  const body: ArticleBody = { blocks: [], photos: [] }
  let above: BodyPhoto | undefined
  for (const item of itemsOf(steps, taken)) {
    if ('photo' in item) {
      body.photos.push(item.photo)
      above = item.photo
    } else if (above && !above.caption && isCaption(item.line)) above.caption = item.line.text
    else {
      body.blocks.push({ kind: item.line.isHeading ? 'heading' : 'paragraph', text: item.line.text })
      above = undefined
    }
  }
  return body
}

/** Pictures of a photo table: the text behind a picture, or before the first one, is its caption. */
export function photosOf(steps: Step[]): BodyPhoto[] {
  const photos: BodyPhoto[] = []
  let before = ''
  for (const item of itemsOf(steps, new Set())) {
    if ('photo' in item) photos.push(item.photo)
    else {
      const last = photos.at(-1)
      if (last) last.caption = last.caption ? `${last.caption} ${item.line.text}` : item.line.text
      else before = before ? `${before} ${item.line.text}` : item.line.text
    }
  }
  const first = photos[0]
  if (first && before && !first.caption) first.caption = before
  return photos
}
