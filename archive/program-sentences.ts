/** What a user can meet in the program itself, whatever the archive. Joins the closed list of errors.ts. */
export const programSentences = {
  'not-settings': {
    'zh-Hans': '“{file}”不是版面的设置文件：{reason}。请选择从“设置”中导出的文件；现有设置未被改动。',
    'zh-Hant': '「{file}」不是版面的設定檔：{reason}。請選擇從「設定」中匯出的檔案；現有設定未被更動。',
    en: '“{file}” holds no Banmian settings: {reason}. Choose a file that was exported from Settings. Your settings are as they were.',
  },
  'profile-unwritable': {
    'zh-Hans':
      '版面无法写入自己的数据文件夹“{file}”，因此没有启动。请检查权限和磁盘，或用 --profile=文件夹 指定另一处。',
    'zh-Hant':
      '版面無法寫入自己的資料資料夾「{file}」，因此沒有啟動。請檢查權限和磁碟，或用 --profile=資料夾 指定另一處。',
    en: 'Banmian cannot write its data folder “{file}” and did not start. Check its permissions and the disk, or name another with --profile=FOLDER.',
  },
  'no-release-key': {
    'zh-Hans': '此版本未附带发布密钥，无法验证“{file}”。请向提供者索取正式安装包。',
    'zh-Hant': '此版本未附帶發行金鑰，無法驗證「{file}」。請向提供者索取正式安裝檔。',
    en: 'This copy of Banmian carries no release key, so “{file}” cannot be checked. Ask whoever gave you the program for a release.',
  },
  'update-unsigned': {
    'zh-Hans': '“{file}”旁边没有可读的签名文件（.signature.json），不予采用。请连同签名文件一起取得。',
    'zh-Hant': '「{file}」旁邊沒有可讀的簽章檔（.signature.json），不予採用。請連同簽章檔一起取得。',
    en: 'No signature that can be read (.signature.json) stands beside “{file}”. It is not used. Get the file together with its signature.',
  },
  'update-refused': {
    'zh-Hans': '“{file}”不予采用：{reason}。请重新从可信的来源取得。',
    'zh-Hant': '「{file}」不予採用：{reason}。請重新從可信的來源取得。',
    en: '“{file}” is not used as an update: {reason}. Get it again from a source you trust.',
  },
} as const
