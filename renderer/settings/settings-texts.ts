/** Texts of the settings; language and appearance are named by the shell. */
export const settingsTexts = {
  'zh-Hans': {
    settings: {
      find: '查找设置',
      fit: '打开版面时',
      fits: { page: '显示整版', width: '适合宽度' },
      panes: '阅读时显示',
      railOpen: '左侧的版面导航',
      articleOpen: '右侧的稿件',
      articleScale: '稿件字号',
      sample: '沁阳市产业集聚区前身为沁北工业区，是全省首批对外开放重点园区。',
      none: '没有名为“{filter}”的设置。',
    },
  },
  'zh-Hant': {
    settings: {
      find: '尋找設定',
      fit: '開啟版面時',
      fits: { page: '顯示整版', width: '適合寬度' },
      panes: '閱讀時顯示',
      railOpen: '左側的版面導航',
      articleOpen: '右側的稿件',
      articleScale: '稿件字級',
      sample: '沁陽市產業集聚區前身為沁北工業區，是全省首批對外開放重點園區。',
      none: '沒有名為「{filter}」的設定。',
    },
  },
  en: {
    settings: {
      find: 'Find a setting',
      fit: 'A page opens',
      fits: { page: 'whole', width: 'as wide as the window' },
      panes: 'While reading, show',
      railOpen: 'the pages on the left',
      articleOpen: 'the article on the right',
      articleScale: 'Size of article text',
      sample: 'The morning boat brought the papers from the capital, and by noon every copy in town was read.',
      none: 'No setting is called “{filter}”.',
    },
  },
} as const
