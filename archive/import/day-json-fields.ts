/** An object of a JSON file, its keys in the file's own spelling. */
export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Keys under which publishers' and collectors' files say a thing; the first that says something wins. */
export const keys = {
  paper: ['newspaper', 'paper', 'paper_name', 'papername', 'paperName', 'source', 'publication', '报纸', '报名'],
  date: [
    'date',
    'issue_date',
    'issueDate',
    'published_date',
    'publish_date',
    'publishDate',
    'pubDate',
    'pub_date',
    'publish_time',
    'publishTime',
    'published_at',
    'publishedAt',
    'published',
    'day',
    '日期',
    '出版日期',
    '发布日期',
  ],
  edition: ['edition'],
  number: ['issue_number', 'issueNumber', 'number', '期号'],
  language: ['language', 'lang'],
  pages: ['pages', 'layouts', 'page_list', 'pageList', 'versions', '版面'],
  articles: ['articles', 'items', 'news', 'contents', 'list', 'article_list', 'articleList', '稿件', '文章'],
  pageLabel: ['page_number', 'pageNumber', 'page_no', 'pageNo', 'page', 'label', 'no', 'number', 'code', '版次'],
  pageName: ['page_name', 'pageName', 'name', 'title', 'section', '版名', '版面名称'],
  pagePdf: ['pagePdf', 'page_pdf', 'pdf', 'pdf_file', 'pdfFile', 'pdf_path', 'pdf_url', 'pdfUrl'],
  pageImage: [
    'pageImg',
    'page_img',
    'pageImage',
    'page_image',
    'pagePic',
    '版面图',
    'image',
    'image_file',
    'imageFile',
    'image_path',
    'image_url',
    'imageUrl',
    'img',
    'picture',
    'jpg',
  ],
  id: ['item_id', 'article_id', 'articleId', 'id', 'guid'],
  headline: ['headline', 'title', '标题'],
  kicker: ['kicker', 'pretitle', 'preTitle', 'introtitle', 'introTitle', 'headTitle', '引题', '肩题'],
  subtitle: ['subtitle', 'subTitle', 'sub_title', '副题'],
  byline: ['author', 'byline', 'authors', 'reporter', '作者'],
  section: ['section', 'column', 'category', '栏目'],
  photos: ['photos', 'images', 'pictures', 'pics', 'imgs', 'imageList', 'picList', '图片'],
  body: ['body', 'content', 'text', 'paragraphs', 'fulltext', 'full_text', 'html', '正文', '内容'],
} as const

export type Field = keyof typeof keys

/** The value of a field, and takes it out of `rest`, which keeps what no field claims. */
export function take(object: Map<string, unknown>, field: Field): unknown {
  for (const key of keys[field]) {
    const value = object.get(key)
    const saysNothing =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
    if (saysNothing) continue
    object.delete(key)
    return value
  }
  return undefined
}

/** Whether an object says something under a key of the field. */
export function hasField(object: JsonObject, field: Field): boolean {
  return keys[field].some((key) => object[key] !== undefined && object[key] !== null && object[key] !== '')
}

/** The list of a field: objects only. */
export function listOf(object: JsonObject, field: 'pages' | 'articles'): JsonObject[] | undefined {
  for (const key of keys[field]) {
    const value = object[key]
    if (Array.isArray(value) && value.some(isObject)) return value.filter(isObject)
  }
  return undefined
}
