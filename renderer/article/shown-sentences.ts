import { lengthBefore } from './script-display.ts'
import type { SpokenSentence } from './spoken-sentences.ts'

/** Where the sentences of an article stand on the screen. `root`: the element of the article. */

/** The element that shows a sentence; undefined while it is not there. */
function elementOf(root: ParentNode, { place }: SpokenSentence): Element | undefined {
  if (place.kind === 'field') return root.querySelector(`[data-field="${place.name}"]`) ?? undefined
  if (place.kind === 'block') return root.querySelectorAll('.text-blocks')[place.part]?.children[place.index]
  return root.querySelector(`[data-photo="${place.part}/${place.index}"] figcaption`) ?? undefined
}

/** A sentence as it is shown; what is converted or marked there keeps its offsets. */
export function rangeOf(root: ParentNode, sentence: SpokenSentence): Range | undefined {
  const element = elementOf(root, sentence)
  if (!element) return undefined
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  let begun = false
  let before = 0
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0
    if (!begun && sentence.start < before + length) {
      range.setStart(node, sentence.start - before)
      begun = true
    }
    if (begun && sentence.end <= before + length) {
      range.setEnd(node, sentence.end - before)
      return range
    }
    before += length
  }
  return undefined
}

/** The sentence at a place of the text, or the next one after it in the same paragraph; -1 outside. */
export function sentenceAt(
  root: ParentNode,
  sentences: readonly SpokenSentence[],
  { startContainer, startOffset }: Pick<Range, 'startContainer' | 'startOffset'>,
): number {
  return sentences.findIndex((sentence) => {
    const element = elementOf(root, sentence)
    return element?.contains(startContainer) && lengthBefore(element, startContainer, startOffset) < sentence.end
  })
}
