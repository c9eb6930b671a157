import { Parser } from 'htmlparser2'

const silent = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math'])
const breaking = new Set(['p', 'div', 'br', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote'])

/** The text of a comment that another program wrote as HTML; scripts, styles and markup are left behind. */
export function plainTextOfHtml(html: string): string {
  let text = ''
  let hidden = 0
  const parser = new Parser({
    onopentagname: (name) => {
      if (silent.has(name)) hidden += 1
      if (name === 'br') text += '\n'
    },
    ontext: (part) => {
      if (hidden === 0) text += part
    },
    onclosetag: (name) => {
      if (silent.has(name)) hidden -= 1
      if (breaking.has(name) && name !== 'br') text += '\n'
    },
  })
  parser.end(html)
  return text.replace(/\n{3,}/g, '\n\n').trim()
}
