import { shallowRef, watch, type Ref } from 'vue'
import type { ArticleLook } from '../../electron/bridge/views.ts'

type Convert = (text: string) => string

const printed: Convert = (text) => text

/** Loads the dictionaries, a megabyte, when they are first wanted. */
async function converter(script: ArticleLook['script']): Promise<Convert> {
  if (script === 'printed') return printed
  const convert =
    script === 'hans'
      ? (await import('opencc-js/t2cn')).Converter({ from: 't', to: 'cn' })
      : (await import('opencc-js/cn2t')).Converter({ from: 'cn', to: 'tw' })
  return (text) => sameLength(text, convert)
}

/** What is converted keeps its length, so that a place in it is the same place in the original. */
export function sameLength(text: string, convert: Convert): string {
  const whole = convert(text)
  if (whole.length === text.length) return whole
  return [...text].map((character) => keepLength(character, convert(character))).join('')
}

const keepLength = (before: string, after: string) => (after.length === before.length ? after : before)

/** The conversion that the reader chose; what is shown stays as it is until it is there. */
export function useScriptDisplay(script: Ref<ArticleLook['script']>): Ref<Convert> {
  const convert = shallowRef<Convert>(printed)
  watch(
    script,
    async (wanted) => {
      const loaded = await converter(wanted)
      if (wanted === script.value) convert.value = loaded
    },
    { immediate: true },
  )
  return convert
}

/**
 * The selected text in its original characters, paragraph by paragraph. `originals`: what each element shows, before
 * conversion.
 */
export function originalOfSelection(range: Range, originals: { element: Element; text: string }[]): string {
  const taken: string[] = []
  for (const { element, text } of originals) {
    if (!range.intersectsNode(element)) continue
    const start = element.contains(range.startContainer)
      ? lengthBefore(element, range.startContainer, range.startOffset)
      : 0
    const end = element.contains(range.endContainer)
      ? lengthBefore(element, range.endContainer, range.endOffset)
      : text.length
    if (end > start) taken.push(text.slice(start, end))
  }
  return taken.join('\n')
}

/** Characters of an element that stand before a place in it. */
export function lengthBefore(element: Element, container: Node, offset: number): number {
  const before = document.createRange()
  before.setStart(element, 0)
  before.setEnd(container, offset)
  return before.toString().length
}
