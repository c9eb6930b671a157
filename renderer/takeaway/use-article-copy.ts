import { useI18n } from 'vue-i18n'
import { useArticleStore } from '../article/article-store.ts'
import { bodyOfPart } from '../shared/joined-article.ts'
import { useFormats } from '../shared/use-formats.ts'
import { useReaderPlace } from '../shared/use-reader-place.ts'
import { useViewerStore } from '../viewer/viewer-store.ts'
import { plainArticle, sourceLines } from './source-lines.ts'
import { partsOfArticle } from './taken-parts.ts'
import { useTakeawayStore } from './takeaway-store.ts'

/** Copies the article that is read, with its continued parts and where it is from. */
export function useArticleCopy(): () => void {
  const { t } = useI18n()
  const formats = useFormats()
  const articles = useArticleStore()
  const viewer = useViewerStore()
  const takeaway = useTakeawayStore()
  const { place } = useReaderPlace()

  async function text(): Promise<string> {
    const at = place.value
    const { issue } = viewer
    const { parts } = articles
    const [first] = parts
    if (!at || !issue || !first) return ''
    const taken = partsOfArticle(issue, parts)
    const facts = await takeaway.factsOf(at.archive, issue, taken)
    const about = { headline: first.headline, article: at.article }
    const lines = sourceLines(issue, taken, facts, about, { t, date: formats.date })
    const flow = parts.map(({ kicker, headline, subtitle, byline, blocks }, index) => ({
      kicker,
      headline,
      subtitle,
      byline,
      texts: bodyOfPart(blocks, { before: index > 0, after: index < parts.length - 1 }).map((block) => block.text),
    }))
    return plainArticle(flow, lines)
  }

  return () => void takeaway.copy(text(), t('takeaway.textCopied'))
}
