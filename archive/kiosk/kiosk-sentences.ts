/** What can be met at a reading-room screen; a part of the closed list of archive/errors.ts. */
export const kioskSentences = {
  'bad-policy': {
    'zh-Hans':
      '阅览终端的设置文件“{file}”有误：{reason}。请由管理员改正后重新启动；也可用“banmian kiosk check”先行检查。',
    'zh-Hant':
      '閱覽終端的設定檔「{file}」有誤：{reason}。請由管理員改正後重新啟動；也可用「banmian kiosk check」先行檢查。',
    en: 'The kiosk policy “{file}” is not right: {reason}. Have an administrator correct it and start again; “banmian kiosk check” tries it out first.',
  },
  'kiosk-refused': {
    'zh-Hans': '这台阅览终端不提供此功能（{call}）。请向工作人员咨询。',
    'zh-Hant': '這台閱覽終端不提供此功能（{call}）。請向工作人員諮詢。',
    en: 'This reading-room screen does not offer that ({call}). Please ask the staff.',
  },
  'staff-only': {
    'zh-Hans': '只有工作人员输入密码后才能这样做（{call}）。',
    'zh-Hant': '只有工作人員輸入密碼後才能這樣做（{call}）。',
    en: 'Only the staff can do that, after entering the PIN ({call}).',
  },
  'wrong-pin': {
    'zh-Hans': '密码不对。还可以再试 {left} 次。',
    'zh-Hant': '密碼不對。還可以再試 {left} 次。',
    en: 'That PIN is not right. {left} more tries.',
  },
  'pin-locked': {
    'zh-Hans': '密码输错次数过多，请在 {seconds} 秒后再试。',
    'zh-Hant': '密碼輸錯次數過多，請在 {seconds} 秒後再試。',
    en: 'Too many wrong PINs. Try again in {seconds} seconds.',
  },
  'quota-used': {
    'zh-Hans': '这次要打印 {pages} 页，而本次阅览还可打印 {left} 页。请少选一些，或向工作人员咨询。',
    'zh-Hant': '這次要列印 {pages} 頁，而本次閱覽還可列印 {left} 頁。請少選一些，或向工作人員諮詢。',
    en: 'That would print {pages} pages, and {left} are left to this visit. Choose fewer, or ask the staff.',
  },
  'no-stick': {
    'zh-Hans': '没有找到可以写入的 U 盘。请插入 U 盘，稍等片刻再试。',
    'zh-Hant': '沒有找到可以寫入的隨身碟。請插入隨身碟，稍候再試。',
    en: 'There is no stick that can be written. Put one in, wait a moment and try again.',
  },
} as const
