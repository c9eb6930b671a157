/** Texts of taking away: links, windows, printing, saving. */
export const takeawayTexts = {
  'zh-Hans': {
    takeaway: {
      menu: '带走',
      copyLink: '复制链接',
      linkCopied: '链接已复制',
      newWindow: '在新窗口打开',
    },
  },
  'zh-Hant': {
    takeaway: {
      menu: '帶走',
      copyLink: '複製連結',
      linkCopied: '連結已複製',
      newWindow: '在新視窗開啟',
    },
  },
  en: {
    takeaway: {
      menu: 'Take away',
      copyLink: 'Copy the link',
      linkCopied: 'The link was copied',
      newWindow: 'Open in a new window',
    },
  },
} as const
