/** Texts of the shelf. */
export const libraryTexts = {
  'zh-Hans': { library: { open: '打开档案…' } },
  'zh-Hant': { library: { open: '開啟檔案…' } },
  en: { library: { open: 'Open an archive…' } },
} as const
