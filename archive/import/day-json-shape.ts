import { isoDateOf } from './article-date.ts'
import { hasField, isObject, type JsonObject, listOf } from './day-json-fields.ts'

/** Keys that only wrap what a server answered. */
const wrappers = ['data', 'result', 'results', 'issue', 'day', 'payload', 'response', 'body']
const deepestWrapper = 4

function isArticle(object: JsonObject): boolean {
  return hasField(object, 'headline') && (hasField(object, 'body') || hasField(object, 'date') || 'page' in object)
}

/** `{ "A01": { "name": …, "articles": […] }, "A02": […] }`: pages by their labels instead of a list. */
function listedPages(object: JsonObject): JsonObject {
  for (const key of ['pages', 'layouts', 'versions', '版面']) {
    const pages = object[key]
    if (!isObject(pages)) continue
    const list = Object.entries(pages).map(([label, page]): JsonObject => {
      if (Array.isArray(page)) return { page_number: label, articles: page }
      return { page_number: label, ...(isObject(page) ? page : {}) }
    })
    return { ...object, [key]: list }
  }
  return object
}

function withAround(object: JsonObject, around: JsonObject): JsonObject {
  const date = hasField(object, 'date') ? {} : { date: around['date'] }
  const paper = hasField(object, 'paper') ? {} : { newspaper: around['newspaper'] }
  return { ...date, ...paper, ...object }
}

/** Articles without pages around them, as the days they say. */
function daysOfArticles(articles: JsonObject[], around: JsonObject): JsonObject[] {
  const days = new Map<string, JsonObject & { articles: JsonObject[] }>()
  for (const article of articles) {
    const own = new Map(Object.entries(withAround(article, around)))
    const date = [...own]
      .map(([key, value]) => (/date|day|日期/i.test(key) ? isoDateOf(value) : undefined))
      .find(Boolean)
    const paper = ['newspaper', 'paper', 'paper_name', 'paperName', '报纸', '报名']
      .map((key) => own.get(key))
      .find(Boolean)
    if (date === undefined) continue
    const key = JSON.stringify([date, paper])
    const day = days.get(key) ?? { date, ...(paper ? { newspaper: paper } : {}), articles: [] }
    day.articles.push(article)
    days.set(key, day)
  }
  return [...days.values()]
}

/** A file that is one article, as a day of this article alone. */
export function loneArticle(value: unknown, around: JsonObject): JsonObject[] {
  const isOne = isObject(value) && !('@context' in value) && isArticle(value) && hasField(value, 'body')
  return isOne ? daysOfArticles([value], around) : []
}

/**
 * The days in a JSON value, each an object with a date and pages or articles, in whatever way they are wrapped: one
 * day, a list of days, days by their dates, pages by their labels, a list of articles that name their day, an answer
 * of a server around any of these. `around`: what is known outside, such as the date in the name of the file.
 */
export function dayObjects(value: unknown, around: JsonObject = {}, depth = 0): JsonObject[] {
  if (depth > deepestWrapper) return []
  if (Array.isArray(value)) {
    const objects = value.filter(isObject)
    const articles = objects.filter((each) => !listOf(each, 'pages') && !listOf(each, 'articles') && isArticle(each))
    const days = objects.filter((each) => !articles.includes(each))
    return [...days.flatMap((each) => dayObjects(each, around, depth + 1)), ...daysOfArticles(articles, around)]
  }
  if (!isObject(value) || '@context' in value) return []
  const own = listedPages(value)
  if (listOf(own, 'pages') ?? listOf(own, 'articles')) return [withAround(own, around)]
  const byDate = Object.entries(own).filter(([key, inner]) => isoDateOf(key) !== undefined && typeof inner === 'object')
  if (byDate.length > 0) {
    return byDate.flatMap(([date, inner]) => dayObjects(inner, { ...around, date: isoDateOf(date) }, depth + 1))
  }
  const outside = withAround(own, around)
  for (const key of wrappers) {
    const days = typeof own[key] === 'object' ? dayObjects(own[key], outside, depth + 1) : []
    if (days.length > 0) return days
  }
  return []
}
