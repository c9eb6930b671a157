/** Less than this, at the usual size of text, and what stands beside the page lies over it instead. */
const NARROW_PX = 900
/** The page is what one came for: what stands beside it gives way before it gets less. */
const STAGE_LEAST_PX = 380
const TWO_STAGES_LEAST_PX = 560
/** Height to width from which the article lies below the page. */
const TALL = 1.2

export const RAIL = { least: 120, most: 360, usual: 176 }
export const ARTICLE = { least: 260, most: 900, usual: 420 }

/** What is open in the reader, in CSS pixels. */
interface Open {
  /** Of the whole reader. */
  width: number
  height: number
  rem: number
  /** Of the rail with the pages, were it beside the page. */
  rail: number
  article: boolean
  /** Width of what other features put beside the page. */
  others: number
  /** Two pages stand beside each other. */
  two: boolean
}

/** How what is open shares the width. */
export function paneRoom({ width, height, rem, rail, article, others, two }: Open): {
  /** Everything lies over the page, and only when it is asked for. */
  narrow: boolean
  /** The window stands upright: the article lies below the page, which has the whole width. */
  tall: boolean
  /** So does the rail, which would leave the page too little. */
  railLiesOver: boolean
  /** Width of the article at most, with the rail beside the page and without. */
  mostForArticle: (withRail: boolean) => number
} {
  const left = width - others - (two ? TWO_STAGES_LEAST_PX : STAGE_LEAST_PX)
  const narrow = width < (NARROW_PX * rem) / 16
  const tall = !narrow && height > TALL * width
  const railLiesOver = narrow || left - rail - (article && !tall ? ARTICLE.usual : 0) < 0
  return {
    narrow,
    tall,
    railLiesOver,
    mostForArticle: (withRail) =>
      Math.max(ARTICLE.least, Math.min(ARTICLE.most, left - (withRail && !railLiesOver ? rail : 0))),
  }
}
