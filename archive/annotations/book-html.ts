import { bookWords, dayInWords, placeInWords } from './book-words.ts'
import type { Clipping, ClippingsBook } from './book-model.ts'
import { commentBlocks, type CommentBlock } from './comment-blocks.ts'

/** A picture of a clipping, in the pixels of its original. */
export interface BookPicture {
  /** `data:` or what else the page may show. */
  url: string
  width: number
  height: number
}

export type BookPictures = ReadonlyMap<string, readonly BookPicture[]>

/**
 * The book as HTML: cover, table of contents, clippings. Every text is escaped, nothing in it runs. `pages`: page numbers
 * of the clippings by their ids, once they are known.
 */
export function bookBody(book: ClippingsBook, pictures: BookPictures, pages?: ReadonlyMap<string, number>): string {
  const words = bookWords(book.language)
  const days = book.clippings.map(({ place }) => place.date).filter((day) => day !== '')
  const [from, to] = [days.reduce((a, b) => (a < b ? a : b), days[0] ?? ''), days.reduce((a, b) => (a > b ? a : b), '')]
  const span = from === '' ? '' : [...new Set([from, to])].map((day) => dayInWords(day, book.language)).join(' — ')
  const contents = book.clippings.map((clipping, index) => {
    const number = pages === undefined ? '' : `<span class="number">${pages.get(clipping.id) ?? ''}</span>`
    const where = [clipping.place.titleName, clipping.place.date].filter(Boolean).join(' ')
    return `<li><a href="#c${index + 1}"><span class="title">${escaped(clipping.heading)}</span><span class="where">${escaped(where)}</span><span class="leader"></span>${number}</a></li>`
  })
  return `<header class="cover">
<h1>${escaped(book.title)}</h1>
<div class="preface">${commentHtml(book.preface)}</div>
<p class="facts">${[words.clippings(book.clippings.length), span, words.made(dayInWords(book.made, book.language))].filter(Boolean).map(escaped).join('　·　')}</p>
</header>
<nav><p class="contents">${words.contents}</p><ol>${contents.join('\n')}</ol></nav>
<main>
${book.clippings.map((clipping, index) => clippingHtml(clipping, index, book, pictures.get(clipping.id) ?? [])).join('\n')}
</main>`
}

function clippingHtml(
  clipping: Clipping,
  index: number,
  { language }: ClippingsBook,
  pictures: readonly BookPicture[],
): string {
  const { heading, kicker, byline, text, isQuote, comment, tags, place, reference, link } = clipping
  const lang = place.language === '' ? '' : ` lang="${escaped(place.language)}"`
  const body = text.map(({ kind, text: words }) =>
    kind === 'heading' ? `<h3>${escaped(words)}</h3>` : `<p>${escaped(words)}</p>`,
  )
  const parts = [
    `<p class="place">${escaped(placeInWords(clipping, language))}</p>`,
    kicker ? `<p class="kicker"${lang}>${escaped(kicker)}</p>` : '',
    `<h2${lang}>${escaped(heading)}</h2>`,
    byline ? `<p class="byline"${lang}>${escaped(byline)}</p>` : '',
    ...pictures.map(
      ({ url, width, height }) =>
        `<figure><img src="${escaped(url)}" width="${width}" height="${height}" alt="${escaped(heading)}"></figure>`,
    ),
    clipping.isMissing ? `<p class="missing">${bookWords(language).noPicture}</p>` : '',
    body.length > 0 ? `<div class="text${isQuote ? ' quote' : ''}"${lang}>${body.join('')}</div>` : '',
    // What is the reader's own, and the source, stay on one page.
    '<div class="end">',
    comment === '' ? '' : `<div class="comment">${commentHtml(comment)}</div>`,
    tags.length > 0 ? `<p class="tags">${tags.map((tag) => `<span>${escaped(tag)}</span>`).join(' ')}</p>` : '',
    `<footer><p>${escaped(reference)}</p>${link === '' ? '' : `<p class="link">${escaped(link)}</p>`}</footer></div>`,
  ]
  return `<article id="c${index + 1}">${parts.filter(Boolean).join('\n')}</article>`
}

function commentHtml(markdown: string): string {
  const paragraph = ({ kind, runs }: CommentBlock): string => {
    const inner = runs.map(({ text, bold, italic }) => {
      const words = italic ? `<em>${escaped(text)}</em>` : escaped(text)
      return bold ? `<strong>${words}</strong>` : words
    })
    return `<p class="${kind}">${inner.join('')}</p>`
  }
  return commentBlocks(markdown)
    .map((block) => paragraph(block))
    .join('')
}

/** The book as one file that needs nothing else and runs nothing. */
export function bookPage(book: ClippingsBook, pictures: BookPictures): string {
  return `<!doctype html>
<html lang="${escaped(book.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(book.title)}</title><style>${bookSheet}</style></head>
<body class="book">${bookBody(book, pictures)}</body></html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** How a book looks, on the screen and on paper (A4). */
export const bookSheet = `
.book{max-width:46rem;margin:0 auto;padding:3rem 1.5rem;background:#fff;color:#1e1c19;font:11.5pt/1.75 "Songti SC","Source Han Serif SC","Noto Serif CJK SC","Noto Serif SC Variable","Noto Serif SC",SimSun,Georgia,serif;overflow-wrap:anywhere;line-break:strict}
.book h1,.book h2,.book h3,.book p,.book ol,.book figure{margin:0;padding:0}
.book .cover{padding:5rem 0 2.5rem;border-bottom:2px solid #1e1c19}
.book .cover h1{font-size:26pt;line-height:1.3;letter-spacing:.04em}
.book .preface{margin-top:1.2rem;color:#3c3831}
.book .facts,.book .place,.book .byline,.book .tags,.book footer,.book .missing,.book nav .where,.book nav .number{font-family:"PingFang SC","Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC Variable","Noto Sans SC","Microsoft YaHei",system-ui,sans-serif}
.book .facts{margin-top:1.5rem;color:#6b655b;font-size:9pt}
.book nav{padding:2rem 0}
.book .contents{font-size:14pt;font-weight:700;letter-spacing:.3em}
.book nav ol{margin-top:.8rem;list-style:none}
.book nav li{break-inside:avoid}
.book nav a{display:flex;gap:.6em;align-items:baseline;padding:.28em 0;color:inherit;font-size:10.5pt;line-height:1.5;text-decoration:none}
.book nav .title{flex:0 1 auto}
.book nav .where{flex:none;color:#6b655b;font-size:8pt}
.book nav .leader{flex:1 1 1.5em;min-width:1.5em;border-bottom:1px dotted #b5ad9f}
.book nav .number{flex:none;width:2.2em;font-size:9pt;font-variant-numeric:tabular-nums;text-align:right}
.book article{padding:2.5rem 0;border-top:1px solid #d9d2c5}
.book .place{color:#6b655b;font-size:8.5pt;letter-spacing:.02em}
.book .kicker{margin-top:.5rem;font-size:11pt}
.book h2{margin:.35rem 0 .2rem;font-size:19pt;line-height:1.35}
.book .byline{color:#6b655b;font-size:8.5pt}
.book figure{margin:1rem 0;break-inside:avoid}
.book img{display:block;width:auto;max-width:100%;height:auto;max-height:205mm;margin:0 auto;outline:1px solid #d9d2c5}
.book .missing{margin:1rem 0;color:#8a4b3c;font-size:9pt}
.book .text{margin-top:1rem;text-align:justify}
.book .text p{text-indent:2em;margin:.35em 0}
.book .text h3{margin:1em 0 .3em;font-size:11.5pt}
.book .text:not(:lang(zh)) p{text-indent:0}
.book .quote{padding-left:1.1rem;border-left:2px solid #b5ad9f}
.book .quote p{text-indent:0}
.book .comment{margin-top:1.1rem;padding:.7rem 1rem;border-left:3px solid #34507a;background:#f3f5f8;color:#22344f;font-size:10.5pt}
.book .comment .item,.book .preface .item{padding-left:1.2em;text-indent:-1.2em}
.book .comment .item::before,.book .preface .item::before{display:inline-block;width:1.2em;text-indent:0;content:"·"}
.book .comment .heading,.book .preface .heading{font-weight:700}
.book .comment .quote{padding-left:.8rem}
.book em{font-style:normal;text-emphasis:dot;text-emphasis-position:under right}
.book .tags{margin-top:.7rem;color:#34507a;font-size:8.5pt}
.book .tags span{display:inline-block;margin-right:.4em;padding:.05em .7em;border:1px solid #b9c4d4;border-radius:1em}
.book footer{margin-top:1.2rem;padding-top:.5rem;border-top:1px solid #d9d2c5;color:#3c3831;font-size:8pt;line-height:1.5}
.book .link{color:#6b655b;font-size:7pt}
@media print{
.book{max-width:none;padding:0}
.book .cover{padding-top:48mm}
.book nav{break-before:page}
.book article{padding:0;border-top:0;break-before:page}
.book img{max-height:170mm}
.book h2,.book h3,.book .place,.book .kicker,.book .byline{break-after:avoid}
.book .end{break-before:avoid;break-inside:avoid}
.book .text p{orphans:3;widows:3}
}
`
