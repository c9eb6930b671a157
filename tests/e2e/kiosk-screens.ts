/** The screens of a visit, by their addresses: for the tests for access and for the sheet of pictures. */
export interface KioskScreen {
  name: string
  /** What is behind the `#`, of an archive with the base given. */
  hash: (base: string) => string
  /** What is there when it is. */
  sign: string
}

const page = (base: string): string => `${base}/r/jcrb/2013-01-10/1/p1`

export const kioskScreens: KioskScreen[] = [
  { name: 'start', hash: () => '#/start', sign: '.start .cover-card' },
  { name: 'calendar', hash: (base) => `${base}/jcrb?day=2013-01-10`, sign: '.days button:enabled' },
  { name: 'issue', hash: (base) => `${base}/i/jcrb/2013-01-10/1`, sign: '.issue li img' },
  { name: 'page', hash: page, sign: '.zone' },
  { name: 'headlines', hash: (base) => `${page(base)}?list=1`, sign: '.headline-sheet li' },
  { name: 'article', hash: (base) => `${page(base)}?article=100688`, sign: '.article-sheet h2' },
  { name: 'keys', hash: () => '#/search', sign: '.hg-button' },
  { name: 'found', hash: () => `#/search?q=${encodeURIComponent('产业')}`, sign: '.found mark' },
  { name: 'take', hash: () => '#/take', sign: '.take' },
  { name: 'help', hash: () => '#/help', sign: '.help' },
]
