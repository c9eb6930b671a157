import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Block } from '../../archive/model.ts'
import type { TakeawayJob } from '../../electron/bridge/print-sheet.ts'
import type { ArticleView, IssueView, PageFacts } from '../../electron/bridge/views.ts'
import { api } from '../shared/api.ts'
import { bodyOfPart, joinedParts } from '../shared/joined-article.ts'
import { partsOfArticle, partsOfPage, type TakenPart } from './taken-parts.ts'

/** Everything that a sheet shows. */
export interface SheetContent {
  issue: IssueView
  articles: { article: ArticleView; blocks: Block[] }[]
  parts: TakenPart[]
  pictures: { label: string; url: string; width: number; height: number }[]
  facts: PageFacts[]
}

/** Reads what is to be taken along. Only what was asked for is read. */
export const useSheetStore = defineStore('sheet', () => {
  const content = shallowRef<SheetContent>()

  /** Throws the error that keeps any of it from being shown: nobody wants half of a print. */
  async function load(job: TakeawayJob): Promise<void> {
    const { archive, title, date, edition } = job
    const name = { archive, title, date, edition }
    const issue = await api.issues.read(name)
    const articles = job.article === undefined ? [] : await articlesOf(job, job.article)
    const parts = job.article === undefined ? partsOfPage(issue, job) : partsOfArticle(issue, articles)
    const facts = await Promise.all(parts.map(({ page }) => api.takeaway.facts({ ...name, page: page.id })))
    const pictures: SheetContent['pictures'] = []
    for (const part of job.picture ? parts : [])
      pictures.push({ label: part.page.label, ...(await pictureOf(name, part)) })
    const flow = articles.map((article, index) => ({
      article,
      blocks: bodyOfPart(article.blocks, { before: index > 0, after: index < articles.length - 1 }),
    }))
    content.value = { issue, articles: flow, parts, pictures, facts }
  }

  async function articlesOf(job: TakeawayJob, id: string): Promise<ArticleView[]> {
    const { archive, title, date, edition } = job
    const read = (article: string) => api.article.read({ archive, title, date, edition, article })
    return joinedParts(await read(id), read)
  }

  return { content, load }
})

type Name = Pick<TakeawayJob, 'archive' | 'title' | 'date' | 'edition'>

/** A whole page that is not too large is shown as it came; everything else is cut from its original. */
async function pictureOf(
  name: Name,
  { page, box }: TakenPart,
): Promise<{ url: string; width: number; height: number }> {
  if (!box && page.image && !page.tiles) return { url: page.image, width: page.width, height: page.height }
  return api.takeaway.cut({ ...name, page: page.id, box: box ?? { x: 0, y: 0, w: 1, h: 1 } })
}
