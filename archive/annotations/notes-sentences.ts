/** What can be met with the reader's notes; a part of the closed list of archive/errors.ts. */
export const notesSentences = {
  'notes-restored': {
    'zh-Hans': '笔记文件损坏或缺失，已用 {backup} 的备份恢复，并补回其后的 {changes} 次改动。原文件保留在“{file}”。',
    'zh-Hant': '筆記檔案損壞或缺失，已用 {backup} 的備份還原，並補回其後的 {changes} 次改動。原檔案保留在「{file}」。',
    en: 'The file of your notes was damaged or missing. The backup of {backup} took its place, with {changes} later changes. The old file is kept as “{file}”.',
  },
  'notes-lost': {
    'zh-Hans': '笔记文件“{file}”已损坏，且没有可用的备份。损坏的文件已保留，请交给维护人员；新笔记从头开始保存。',
    'zh-Hant': '筆記檔案「{file}」已損壞，且沒有可用的備份。損壞的檔案已保留，請交給維護人員；新筆記從頭開始儲存。',
    en: 'The file of your notes is damaged and there is no usable backup. It is kept as “{file}”: hand it to your maintainer. New notes are saved from here on.',
  },
  'notes-read-only': {
    'zh-Hans': '“{file}”为只读，笔记可以查看和导出，但无法保存新的改动。请取得写入权限，或用“--profile”另选文件夹。',
    'zh-Hant':
      '「{file}」為唯讀，筆記可以檢視和匯出，但無法儲存新的改動。請取得寫入權限，或用「--profile」另選資料夾。',
    en: '“{file}” is read-only: notes can be read and exported, but nothing new can be saved. Get permission to write, or choose another folder with “--profile”.',
  },
  'notes-unsaved': {
    'zh-Hans': '有批注还没有存下。文字仍在笔记里，可以复制；再关一次窗口，就放弃这些文字。',
    'zh-Hant': '有批註還沒有存下。文字仍在筆記裡，可以複製；再關一次視窗，就放棄這些文字。',
    en: 'Words in your notes are not saved. They are still in their note and can be copied. Close the window once more to give them up.',
  },
  'unknown-note': {
    'zh-Hans': '找不到这条笔记（{file}）。它可能已被删除；可以用“撤销”找回。',
    'zh-Hant': '找不到這條筆記（{file}）。它可能已被刪除；可以用「復原」找回。',
    en: 'This note ({file}) is not there. It may have been deleted; “Undo” brings it back.',
  },
  'bad-annotations': {
    'zh-Hans': '“{file}”不是可以读取的注释文件：{reason}。原有笔记没有任何改动。',
    'zh-Hant': '「{file}」不是可以讀取的註解檔案：{reason}。原有筆記沒有任何改動。',
    en: '“{file}” is not a file of annotations that can be read: {reason}. Your notes were not changed.',
  },
}
