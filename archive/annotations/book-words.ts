import type { Clipping } from './book-model.ts'

/** The few words of its own that a clippings book has. */

const words = {
  'zh-Hans': {
    contents: '目录',
    clippings: (count: number) => `${count} 条剪报`,
    made: (day: string) => `${day}编`,
    noPicture: '图像不在书架上的档案中',
    page: (label: string) => `第${label}版`,
    edition: (n: number) => `第${n}次出刊`,
    locale: 'zh-CN',
  },
  'zh-Hant': {
    contents: '目錄',
    clippings: (count: number) => `${count} 則剪報`,
    made: (day: string) => `${day}編`,
    noPicture: '圖像不在書架上的檔案中',
    page: (label: string) => `第${label}版`,
    edition: (n: number) => `第${n}次出刊`,
    locale: 'zh-TW',
  },
  en: {
    contents: 'Contents',
    clippings: (count: number) => (count === 1 ? '1 clipping' : `${count} clippings`),
    made: (day: string) => `Made on ${day}`,
    noPicture: 'No archive on the shelf holds the picture',
    page: (label: string) => `page ${label}`,
    edition: (n: number) => `edition ${n}`,
    locale: 'en-GB',
  },
}

export type BookWords = (typeof words)['zh-Hans']

export function bookWords(language: string): BookWords {
  return language === 'zh-Hans' || language === 'zh-Hant' ? words[language] : words.en
}

/** A day in words: `2013年1月10日`. */
export function dayInWords(iso: string, language: string): string {
  const time = Date.parse(`${iso}T00:00:00Z`)
  if (Number.isNaN(time)) return iso
  return new Intl.DateTimeFormat(bookWords(language).locale, { dateStyle: 'long', timeZone: 'UTC' }).format(time)
}

/** Newspaper, day, page. */
export function placeInWords({ place }: Clipping, language: string): string {
  const { page, edition, supplement } = bookWordsOf(place, language)
  return [place.titleName, place.date && dayInWords(place.date, language), supplement ?? edition, page]
    .filter(Boolean)
    .join('　')
}

function bookWordsOf({ page, edition, supplement }: Clipping['place'], language: string) {
  const own = bookWords(language)
  const label = page?.label ? own.page(page.label) : ''
  return {
    supplement,
    edition: edition > 1 ? own.edition(edition) : '',
    page: [label, page?.name].filter(Boolean).join(' '),
  }
}
