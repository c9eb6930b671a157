import type { Block } from '../../archive/model.ts'
import type { ArticleView } from '../../electron/bridge/views.ts'

/** No article was ever continued more often. */
const MOST_PARTS = 12
const OPENING = '[（(【\\[〔]'
const CLOSING = '[）)】\\]〕]'
const GOES_ON = new RegExp(`\\s*${OPENING}\\s*(?:下转|下轉|转|轉|续见|續見)[^（(【\\[〔]{0,16}${CLOSING}\\s*$`)
const COMES_FROM = new RegExp(`^\\s*${OPENING}\\s*(?:上接|紧接|緊接|接)[^（(【\\[〔]{0,16}${CLOSING}\\s*`)

/**
 * An article with what it goes on with and what it came from, in reading order. A part that cannot be read ends the
 * chain there; the article itself is always in it.
 */
export async function joinedParts(
  article: ArticleView,
  read: (id: string) => Promise<ArticleView>,
): Promise<ArticleView[]> {
  const parts = [article]
  const known = new Set([article.id])
  const follow = async (id: string | undefined): Promise<ArticleView | undefined> => {
    if (id === undefined || known.has(id) || parts.length >= MOST_PARTS) return undefined
    known.add(id)
    return read(id).catch(() => undefined)
  }
  for (let before = await follow(article.continuedFrom); before; before = await follow(before.continuedFrom))
    parts.unshift(before)
  for (let after = await follow(article.continuedBy); after; after = await follow(after.continuedBy)) parts.push(after)
  return parts
}

/** The body of a part without the printed lines that send the reader to another page, where both sides are joined. */
export function bodyOfPart(blocks: Block[], joined: { before: boolean; after: boolean }): Block[] {
  const last = blocks.length - 1
  return blocks
    .map((block, index) => {
      let { text } = block
      if (joined.after && index === last) text = text.replace(GOES_ON, '')
      if (joined.before && index === 0) text = text.replace(COMES_FROM, '')
      return text === block.text ? block : { ...block, text }
    })
    .filter(({ text }, index) => text !== '' || blocks[index]?.text === '')
}
