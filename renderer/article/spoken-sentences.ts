import type { ArticleView } from '../../electron/bridge/views.ts'
import { bodyOfPart } from '../shared/joined-article.ts'

/** What an article says, sentence by sentence, and where each stands. */
export interface SpokenSentence {
  /** Id of the article, or of the part of a continued one. */
  article: string
  /** Where it is shown: a field of the head, the caption of a photo, a paragraph as it is shown. */
  place: { kind: 'field'; name: string } | { kind: 'caption' | 'block'; part: number; index: number }
  /** Offsets (UTF-16) into the text that is shown there. */
  start: number
  end: number
  /** Offsets into the paragraph as it was delivered, whose printed lines are known; of paragraphs only. */
  printed?: { block: number; start: number; end: number }
  /** What the voice is given. */
  text: string
  /** BCP 47, of the sentence. */
  language: string
}

/** A voice is given no more at once: papers without full stops would be one endless sentence. */
const longest = 160
const pause = /[；;，,、：:—…]|\s/u
const spoken = /[\p{L}\p{N}]/u
const han = /\p{Script=Han}/u
const latin = /\p{Script=Latin}/u

/** Everything that is read aloud of an article and what it is continued with, in reading order. */
export function spokenSentences(parts: readonly ArticleView[]): SpokenSentence[] {
  const [first] = parts
  if (!first) return []
  const fields = (['kicker', 'headline', 'subtitle', 'byline'] as const).flatMap((name) =>
    sentences(first[name] ?? '', first.language).map((sentence) => ({
      ...sentence,
      article: first.id,
      place: { kind: 'field' as const, name },
    })),
  )
  const bodies = parts.flatMap((part, at) => {
    const captions = part.photos.flatMap(({ caption = '' }, index) =>
      sentences(caption, part.language).map((sentence) => ({
        ...sentence,
        article: part.id,
        place: { kind: 'caption' as const, part: at, index },
      })),
    )
    return [...captions, ...sentencesOfBody(part, at, parts.length)]
  })
  return [...fields, ...bodies]
}

function sentencesOfBody(part: ArticleView, at: number, count: number): SpokenSentence[] {
  const shown = bodyOfPart(part.blocks, { before: at > 0, after: at < count - 1 })
  // A first paragraph that only said where it comes from is not shown.
  const skipped = part.blocks.length > shown.length && part.blocks[0]?.text !== shown[0]?.text ? 1 : 0
  return shown.flatMap(({ text }, index) => {
    const block = index + skipped
    const delivered = part.blocks[block]?.text ?? text
    const lead = delivered.endsWith(text) ? delivered.length - text.length : 0
    return sentences(text, part.language).map((sentence) => ({
      ...sentence,
      article: part.id,
      place: { kind: 'block' as const, part: at, index },
      printed: { block, start: sentence.start + lead, end: sentence.end + lead },
    }))
  })
}

/** The sentences of a text with their offsets, long ones cut where one would breathe; signs alone are left out. */
export function sentences(
  text: string,
  language: string,
): Pick<SpokenSentence, 'start' | 'end' | 'text' | 'language'>[] {
  // A line break of the print ends no sentence.
  const segments = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text.replace(/[\r\n]/g, ' '))
  return [...segments].flatMap(({ segment, index }) => {
    const found = []
    for (let from = 0; from < segment.length;) {
      const length = breath(segment.slice(from))
      const piece = text.slice(index + from, index + from + length)
      const start = index + from + (piece.length - piece.trimStart().length)
      from += length
      const written = piece.trim()
      if (!spoken.test(written)) continue
      const end = start + written.length
      found.push({ start, end, text: withoutBreaks(written), language: languageOf(written, language) })
    }
    return found
  })
}

/** How much of a text is said in one breath. */
function breath(text: string): number {
  if (text.length <= longest) return text.length
  for (let at = longest; at > longest / 3; at--) if (pause.test(text[at - 1] ?? '')) return at
  // Never between the halves of a surrogate pair.
  return /[\uDC00-\uDFFF]/.test(text[longest] ?? '') ? longest - 1 : longest
}

/** Line breaks of the print are no pauses, between Han characters nothing at all; ornaments (■●▲) are not said. */
function withoutBreaks(text: string): string {
  return text
    .replace(/\u00ad|\p{So}/gu, '')
    .replace(/(?<=\p{Script=Han}|[，。、；：])\s*[\r\n]\s*(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ')
}

/** A paper prints both: what has no Han character in a Chinese one is English, what is Han elsewhere is Chinese. */
function languageOf(text: string, language: string): string {
  const isChinese = language.toLowerCase().startsWith('zh')
  if (isChinese) return !han.test(text) && latin.test(text) ? 'en' : language
  return han.test(text) && !latin.test(text) && !/^(ja|ko)/i.test(language) ? 'zh-Hans' : language
}
