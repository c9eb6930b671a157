function isoDate(year: string, month: string, day: string): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const date = new Date(Date.UTC(y, m - 1, d))
  const isReal = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
  return y >= 1600 && y <= 2999 && isReal ? date.toISOString().slice(0, 10) : undefined
}

function firstDate(text: string, patterns: RegExp[]): string | undefined {
  for (const pattern of patterns) {
    for (const [, year = '', month = '', day = ''] of text.matchAll(pattern)) {
      const date = isoDate(year, month, day)
      if (date) return date
    }
  }
  return undefined
}

const inPath = [
  /(?:^|\/)(\d{4})-(\d{2})\/(\d{2})(?=\/)/g,
  /(?:^|\/)(\d{4})(\d{2})\/(\d{2})(?=\/)/g,
  /(?:^|[/_])(\d{4})-(\d{2})-(\d{2})(?!\d)/g,
  /(?:^|\/)(\d{4})\/(\d{1,2})\/(\d{1,2})(?=\/)/g,
  /(?:^|[/_])(\d{4})(\d{2})(\d{2})(?=[/_.-])/g,
]

/** ISO date of an issue in the path of one of its pages: `html/2017-10/13/`, `layout/201911/05/`, `2013-01-10`. */
export function dateInPath(path: string): string | undefined {
  return firstDate(path, inPath)
}

/** ISO date in printed text: `2017年10月16日 星期一`, `2017 年\n 10 月 9 日`, `2017-10-09 23:59:57`. */
export function dateInText(text: string): string | undefined {
  return firstDate(text, [
    /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/g,
    /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g,
  ])
}
