/** What a user can meet in the program itself, whatever the archive. Joins the closed list of errors.ts. */
export const programSentences = {
  'not-settings': {
    'zh-Hans': '“{file}”不是版面的设置文件：{reason}。请选择从“设置”中导出的文件；现有设置未被改动。',
    'zh-Hant': '「{file}」不是版面的設定檔：{reason}。請選擇從「設定」中匯出的檔案；現有設定未被更動。',
    en: '“{file}” holds no Banmian settings: {reason}. Choose a file that was exported from Settings. Your settings are as they were.',
  },
} as const
