import type { Box, Page } from '../model.ts'
import { pixelsOf, unite, type PageBlock } from './page-blocks.ts'
import { element, xmlText } from './xml-element.ts'

/** A page as ALTO 4.2 (Library of Congress, alto-4-2.xsd), in pixels. `picture`: file name of its image. */
export function altoPage(page: Page, blocks: readonly PageBlock[], picture: string | undefined): string {
  const { width, height } = pixelsOf(page)
  const at = (box: Box): Record<string, number> => ({
    HPOS: Math.round(box.x * width),
    VPOS: Math.round(box.y * height),
    WIDTH: Math.max(1, Math.round(box.w * width)),
    HEIGHT: Math.max(1, Math.round(box.h * height)),
  })
  const whole = { HPOS: 0, VPOS: 0, WIDTH: width, HEIGHT: height }
  const textBlocks = blocks.map((block) =>
    element(
      'TextBlock',
      { ID: block.id, ...at(block.box) },
      linesOf(block).map((line) => textLine(line, block.box, at)),
    ),
  )
  const layout = element(
    'Page',
    {
      ID: `ALTO_${page.id}`,
      PHYSICAL_IMG_NR: Number(/\d+$/.exec(page.id)?.[0] ?? 1),
      PRINTED_IMG_NR: page.label,
      WIDTH: width,
      HEIGHT: height,
    },
    element('PrintSpace', whole, textBlocks),
  )
  const image =
    picture === undefined ? '' : element('sourceImageInformation', {}, element('fileName', {}, xmlText(picture)))
  return `<?xml version="1.0" encoding="UTF-8"?>
${element('alto', { xmlns: 'http://www.loc.gov/standards/alto/ns-v4#' }, [
  element(
    'Description',
    {},
    [element('MeasurementUnit', {}, 'pixel'), image].filter((part) => part !== ''),
  ),
  element('Layout', {}, layout),
])}
`
}

/** Lines of words with places; a block without places is one line of words without. */
function linesOf(block: PageBlock): { text: string; box?: Box }[][] {
  if (block.lines.length > 0) return block.lines
  const words = block.text.split(/\s+/u).filter((word) => word !== '')
  return words.length > 0 ? [words.map((text) => ({ text }))] : []
}

/** `around`: the block, which is where a line stands whose words have no places; ALTO 1 and 2 require one. */
function textLine(words: { text: string; box?: Box }[], around: Box, at: (box: Box) => Record<string, number>): string {
  const boxes = words.flatMap(({ box }) => (box ? [box] : []))
  const place = unite(boxes) ?? around
  const strings = words.flatMap(({ text, box }, index) => {
    const string = element('String', { CONTENT: text, ...(box ? at(box) : {}) })
    const next = words[index + 1]
    // Chinese is set without spaces; what is joined there must not fall apart.
    const isSpaced = next !== undefined && !(isHan(text.slice(-1)) && isHan(next.text.slice(0, 1)))
    return isSpaced ? [string, element('SP', {})] : [string]
  })
  return element('TextLine', at(place), strings)
}

function isHan(character: string): boolean {
  return /\p{Script=Han}/u.test(character)
}
