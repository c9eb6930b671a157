/** Texts of the first steps on the sample archive. */
export const firstStepsTexts = {
  'zh-Hans': {
    firstSteps: {
      name: '初次上手',
      done: '已完成',
      dismiss: '不再提示',
      farewell: '五步都会了。按 ? 随时查看全部按键。',
      step: { turn: '翻版', zoom: '放大', article: '读稿', search: '搜索', note: '做记号' },
      how: {
        turn: '打开一期报纸，按 → 或点下方的“下一版”，翻到另一版。',
        zoom: '按 + 或转动滚轮放大版面，再按 0（默认）恢复。',
        article: '点版面上的一篇稿件，在旁边读它的全文。',
        search: '按 /，输入一个词，例如“产业”，再按回车。',
        note: '在版面上按 B 加书签，或用“笔记”工具画一处。',
      },
    },
  },
  'zh-Hant': {
    firstSteps: {
      name: '初次上手',
      done: '已完成',
      dismiss: '不再提示',
      farewell: '五步都會了。按 ? 隨時查看全部按鍵。',
      step: { turn: '翻版', zoom: '放大', article: '讀稿', search: '搜尋', note: '做記號' },
      how: {
        turn: '開啟一期報紙，按 → 或點下方的「下一版」，翻到另一版。',
        zoom: '按 + 或轉動滾輪放大版面，再按 0（預設）恢復。',
        article: '點版面上的一篇稿件，在旁邊讀它的全文。',
        search: '按 /，輸入一個詞，例如「产业」，再按 Enter。',
        note: '在版面上按 B 加書籤，或用「筆記」工具畫一處。',
      },
    },
  },
  en: {
    firstSteps: {
      name: 'First steps',
      done: 'done',
      dismiss: 'Do not show again',
      farewell: 'That is all five. Press ? for every key, whenever you like.',
      step: { turn: 'Turn', zoom: 'Enlarge', article: 'Read', search: 'Search', note: 'Mark' },
      how: {
        turn: 'Open an issue, then press → or “Next page” below to turn to another.',
        zoom: 'Press + or turn the wheel to enlarge the page, then 0 (Default) to see it whole.',
        article: 'Press an article on the page to read its text beside it.',
        search: 'Press /, type a word such as 产业, then Enter.',
        note: 'Press B on a page to bookmark it, or draw a region with the note tools.',
      },
    },
  },
} as const
