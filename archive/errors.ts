/**
 * The closed list of what a user can meet, each with a sentence in three languages that says what happened, to which
 * file, and what to do. Anything else is a bug and keeps its stack. Imports only sentences, so every layer may use it.
 */

import { notesSentences } from './annotations/notes-sentences.ts'
import { kioskSentences } from './kiosk/kiosk-sentences.ts'
import { programSentences } from './program-sentences.ts'

export type Language = 'zh-Hans' | 'zh-Hant' | 'en'
export type Details = Record<string, string | number>
type Sentence = Record<Language, string>

const sentences = {
  'empty-folder': {
    'zh-Hans': '文件夹“{file}”是空的。请选择含有报纸数据的文件夹。',
    'zh-Hant': '資料夾「{file}」是空的。請選擇含有報紙資料的資料夾。',
    en: 'The folder “{file}” is empty. Choose a folder that holds newspaper data.',
  },
  'not-found': {
    'zh-Hans': '找不到“{file}”。请检查磁盘是否已连接、名称是否正确。',
    'zh-Hant': '找不到「{file}」。請檢查磁碟是否已連接、名稱是否正確。',
    en: '“{file}” was not found. Check that the disk is connected and the name is right.',
  },
  'not-an-archive': {
    'zh-Hans': '“{file}”不是版面档案。若是报纸源数据，请先导入；若是档案，请选择含有 banmian.json 的文件夹。',
    'zh-Hant': '「{file}」不是版面典藏。若是報紙來源資料，請先匯入；若是典藏，請選擇含有 banmian.json 的資料夾。',
    en: '“{file}” is not a Banmian archive. If it is a newspaper source, import it first; if it is an archive, choose the folder with banmian.json.',
  },
  'newer-format': {
    'zh-Hans': '“{file}”的格式版本是 {found}，本程序只认识到版本 {known}。请更新版面后再打开，档案未被改动。',
    'zh-Hant': '「{file}」的格式版本是 {found}，本程式只認識到版本 {known}。請更新版面後再開啟，典藏未被改動。',
    en: '“{file}” has format version {found}; this program knows up to {known}. Update Banmian to open it. Nothing was changed.',
  },
  'damaged-document': {
    'zh-Hans': '文件“{file}”已损坏：{reason}。其余内容仍可阅读；请用备份恢复此文件，或重新导入该期。',
    'zh-Hant': '檔案「{file}」已損壞：{reason}。其餘內容仍可閱讀；請用備份還原此檔案，或重新匯入該期。',
    en: 'The file “{file}” is damaged: {reason}. Everything else can still be read. Restore the file from a copy, or import the issue again.',
  },
  'missing-file': {
    'zh-Hans': '缺少文件“{file}”。请从原始数据补齐后重新导入，或用“verify”检查档案。',
    'zh-Hant': '缺少檔案「{file}」。請從原始資料補齊後重新匯入，或用「verify」檢查典藏。',
    en: 'The file “{file}” is missing. Complete the source and import again, or check the archive with “verify”.',
  },
  'unreadable-file': {
    'zh-Hans': '无法读取“{file}”：{reason}。请检查权限和存储介质。',
    'zh-Hant': '無法讀取「{file}」：{reason}。請檢查權限和儲存媒體。',
    en: '“{file}” cannot be read: {reason}. Check its permissions and the medium it is on.',
  },
  'disk-full': {
    'zh-Hans': '写入“{file}”时磁盘已满。请腾出空间后重试；未完成的内容已撤销，原有内容完好。',
    'zh-Hant': '寫入「{file}」時磁碟已滿。請騰出空間後重試；未完成的內容已撤銷，原有內容完好。',
    en: 'The disk is full while writing “{file}”. Free some space and try again. What was unfinished is undone; what was there is whole.',
  },
  'read-only': {
    'zh-Hans': '无法写入“{file}”：位置为只读。请换一个位置，或取得写入权限。',
    'zh-Hant': '無法寫入「{file}」：位置為唯讀。請換一個位置，或取得寫入權限。',
    en: '“{file}” cannot be written: the place is read-only. Choose another place, or get permission to write.',
  },
  'archive-busy': {
    'zh-Hans': '另一个程序（进程 {holder}）正在写入“{file}”。请等待其完成后再试。',
    'zh-Hant': '另一個程式（行程 {holder}）正在寫入「{file}」。請等待其完成後再試。',
    en: 'Another program (process {holder}) is writing to “{file}”. Wait until it is done and try again.',
  },
  'archive-busy-elsewhere': {
    'zh-Hans': '电脑“{host}”正在写入“{file}”。请等待其完成后再试；如果那台电脑已关机或断开，五分钟后即可写入。',
    'zh-Hant': '電腦「{host}」正在寫入「{file}」。請等待其完成後再試；如果那台電腦已關機或斷線，五分鐘後即可寫入。',
    en: 'The computer “{host}” is writing to “{file}”. Wait until it is done and try again; if it was switched off or cut off, you can write in five minutes.',
  },
  'not-recognised': {
    'zh-Hans': '在“{file}”中没有认出任何报纸格式：{reason}。支持的来源见用户手册。',
    'zh-Hant': '在「{file}」中沒有認出任何報紙格式：{reason}。支援的來源見使用手冊。',
    en: 'No newspaper format was recognised in “{file}”: {reason}. The user guide lists the supported sources.',
  },
  'not-a-layout-page': {
    'zh-Hans': '“{file}”不是版面页：{reason}。请提供含有版面列表或热区的页面。',
    'zh-Hant': '「{file}」不是版面頁：{reason}。請提供含有版面清單或熱區的頁面。',
    en: '“{file}” is not a layout page: {reason}. Give a page that has a page list or hot zones.',
  },
  'missing-article-page': {
    'zh-Hans': '稿件页“{file}”未随数据提供，只有标题。请补齐后重新导入。',
    'zh-Hant': '稿件頁「{file}」未隨資料提供，只有標題。請補齊後重新匯入。',
    en: 'The article page “{file}” was not delivered; only its headline is known. Complete the source and import again.',
  },
  'missing-page': {
    'zh-Hans': '版面页“{file}”未随数据提供，该版没有内容。请补齐后重新导入。',
    'zh-Hant': '版面頁「{file}」未隨資料提供，該版沒有內容。請補齊後重新匯入。',
    en: 'The layout page “{file}” was not delivered; the page is listed without content. Complete the source and import again.',
  },
  'missing-image': {
    'zh-Hans': '图片“{file}”未随数据提供。请补齐后重新导入。',
    'zh-Hant': '圖片「{file}」未隨資料提供。請補齊後重新匯入。',
    en: 'The picture “{file}” was not delivered. Complete the source and import again.',
  },
  'missing-pdf': {
    'zh-Hans': 'PDF“{file}”未随数据提供。请补齐后重新导入。',
    'zh-Hant': 'PDF「{file}」未隨資料提供。請補齊後重新匯入。',
    en: 'The PDF “{file}” was not delivered. Complete the source and import again.',
  },
  'image-unreadable': {
    'zh-Hans': '图片“{file}”无法解码：{reason}。该版仍可阅读文字；请更换此图片。',
    'zh-Hant': '圖片「{file}」無法解碼：{reason}。該版仍可閱讀文字；請更換此圖片。',
    en: 'The picture “{file}” cannot be decoded: {reason}. The text of the page can still be read. Replace the picture.',
  },
  'pdf-unreadable': {
    'zh-Hans': 'PDF“{file}”无法解析：{reason}。该版仍可阅读文字；请更换此 PDF。',
    'zh-Hant': 'PDF「{file}」無法解析：{reason}。該版仍可閱讀文字；請更換此 PDF。',
    en: 'The PDF “{file}” cannot be parsed: {reason}. The text of the page can still be read. Replace the PDF.',
  },
  'text-unreadable': {
    'zh-Hans': '文字文件“{file}”无法解析：{reason}。该版没有可搜索的文字。',
    'zh-Hant': '文字檔案「{file}」無法解析：{reason}。該版沒有可搜尋的文字。',
    en: 'The text file “{file}” cannot be parsed: {reason}. The page has no text to search.',
  },
  'no-text': {
    'zh-Hans': '“{file}”的 {pages} 版只有图像、没有文字层，可以阅读但不能搜索。可用“文字识别”补上文字。',
    'zh-Hant': '「{file}」的 {pages} 版只有影像、沒有文字層，可以閱讀但不能搜尋。可用「文字辨識」補上文字。',
    en: 'Of “{file}”, page {pages} is only a picture without text: it can be read but not searched. Text recognition can add it.',
  },
  'guessed-date': {
    'zh-Hans': '“{file}”没有写明日期，按{from}取为 {date}。若不对，请在文件名中写明日期（如 2013-01-10）后重新导入。',
    'zh-Hant': '「{file}」沒有寫明日期，按{from}取為 {date}。若不對，請在檔名中寫明日期（如 2013-01-10）後重新匯入。',
    en: '“{file}” does not name its date; {date} was taken from {from}. If that is wrong, put the date into its name (2013-01-10) and import it again.',
  },
  'bad-line': {
    'zh-Hans': '“{file}”第 {line} 行未导入：{reason}。其余各行不受影响。',
    'zh-Hant': '「{file}」第 {line} 行未匯入：{reason}。其餘各行不受影響。',
    en: 'Line {line} of “{file}” was left out: {reason}. The other lines are not affected.',
  },
  'page-size': {
    'zh-Hans': '“{file}”中的版面尺寸有误：{reason}。坐标已尽力换算，热区位置可能有偏差。',
    'zh-Hant': '「{file}」中的版面尺寸有誤：{reason}。座標已盡力換算，熱區位置可能有偏差。',
    en: 'The page size in “{file}” cannot be right: {reason}. Coordinates were fitted as well as possible; zones may be off.',
  },
  'zones-outside': {
    'zh-Hans': '第 {page} 版有 {count} 个热区超出版面或没有大小，只画出版面之内的部分。稿件都可以从标题导航打开。',
    'zh-Hant': '第 {page} 版有 {count} 個熱區超出版面或沒有大小，只畫出版面之內的部分。稿件都可以從標題導航開啟。',
    en: 'Zones of page {page} that reach beyond it or have no size: {count}. Only what lies on the page is drawn; all articles can be opened from the headlines.',
  },
  'no-date': {
    'zh-Hans':
      '没有找到“{file}”的出版日期，暂归入 0001-01-01。请在文件名或文件夹名中写明日期（如 2013-01-10），或设置文件名规则，然后重新导入。',
    'zh-Hant':
      '沒有找到「{file}」的出版日期，暫歸入 0001-01-01。請在檔名或資料夾名中寫明日期（如 2013-01-10），或設定檔名規則，然後重新匯入。',
    en: 'No date of publication was found for “{file}”; it is filed under 0001-01-01. Put the date into its name or that of its folder (2013-01-10), or set a pattern for its file names, and import again.',
  },
  'year-only': {
    'zh-Hans': '“{file}”只给出年份，暂归入 {date}。',
    'zh-Hant': '「{file}」只給出年份，暫歸入 {date}。',
    en: 'Only the year of “{file}” is known; it is filed under {date}.',
  },
  'no-issue': {
    'zh-Hans': '“{file}”只是目录，不含任何一期：{reason}。该文件已保存。',
    'zh-Hant': '「{file}」只是目錄，不含任何一期：{reason}。該檔案已保存。',
    en: '“{file}” is only a list and holds no issue: {reason}. The file was kept.',
  },
  'bad-reference': {
    'zh-Hans': '“{file}”指向不存在的内容：{reason}。其余内容不受影响。',
    'zh-Hant': '「{file}」指向不存在的內容：{reason}。其餘內容不受影響。',
    en: '“{file}” points at something that is not there: {reason}. The rest is not affected.',
  },
  'bad-coordinates': {
    'zh-Hans': '“{file}”中的热区坐标无效：{reason}。该热区已忽略。',
    'zh-Hant': '「{file}」中的熱區座標無效：{reason}。該熱區已忽略。',
    en: 'A zone in “{file}” has unusable coordinates: {reason}. The zone was left out.',
  },
  'issue-exists': {
    'zh-Hans': '档案中已有“{file}”这一期，已跳过。',
    'zh-Hant': '典藏中已有「{file}」這一期，已略過。',
    en: 'The archive already holds the issue “{file}”; it was skipped.',
  },
  'double-issue': {
    'zh-Hans': '“{file}”这一期在来源中出现了两次，只取了第一份。',
    'zh-Hant': '「{file}」這一期在來源中出現了兩次，只取了第一份。',
    en: 'The issue “{file}” comes twice in the source; the first one was taken.',
  },
  'doubtful-date': {
    'zh-Hans': '“{file}”的日期 {date} 可疑。请核对来源中的日期。',
    'zh-Hant': '「{file}」的日期 {date} 可疑。請核對來源中的日期。',
    en: 'The date {date} of “{file}” is doubtful. Check it in the source.',
  },
  'doubtful-pages': {
    'zh-Hans': '“{file}”的版次不连续，缺 {pages}。请核对是否漏交。',
    'zh-Hant': '「{file}」的版次不連續，缺 {pages}。請核對是否漏交。',
    en: 'The page numbers of “{file}” leap over {pages}. Check whether pages were left out.',
  },
  'doubtful-thin': {
    'zh-Hans': '“{file}”只有 {pages} 版，这份报纸通常有 {usual} 版。请核对是否漏交。',
    'zh-Hant': '「{file}」只有 {pages} 版，這份報紙通常有 {usual} 版。請核對是否漏交。',
    en: '“{file}” has {pages} pages; this title usually has {usual}. Check whether pages were left out.',
  },
  'no-picture': {
    'zh-Hans': '“{file}”的 {pages} 版没有版面图。请补齐后重新导入。',
    'zh-Hant': '「{file}」的 {pages} 版沒有版面圖。請補齊後重新匯入。',
    en: 'Pages {pages} of “{file}” have no picture. Complete the source and import again.',
  },
  'doubtful-silence': {
    'zh-Hans': '“{file}”没有任何文字，无法搜索。可以用文字识别补做。',
    'zh-Hant': '「{file}」沒有任何文字，無法搜尋。可以用文字辨識補做。',
    en: '“{file}” has no text at all and cannot be searched. Text recognition can add it.',
  },
  'target-not-empty': {
    'zh-Hans': '“{file}”不是空的。请选择新的或空的文件夹。',
    'zh-Hant': '「{file}」不是空的。請選擇新的或空的資料夾。',
    en: '“{file}” is not empty. Choose a new or empty folder.',
  },
  'source-gone': {
    'zh-Hans': '来源“{file}”中途消失了。请重新连接磁盘或共享，再导入一次：已复制的文件会继续使用，档案没有改动。',
    'zh-Hant': '來源「{file}」中途消失了。請重新連接磁碟或共用，再匯入一次：已複製的檔案會繼續使用，原有典藏沒有改動。',
    en: 'The source “{file}” went away halfway. Connect the disk or share and import again: what was copied is used, and the archive was not changed.',
  },
  'original-missing': {
    'zh-Hans': '“{file}”保留在原处“{place}”，现在那里没有这个文件。请连接该磁盘或共享，或把文件放回原处。',
    'zh-Hant': '「{file}」保留在原處「{place}」，現在那裡沒有這個檔案。請連接該磁碟或共用，或把檔案放回原處。',
    en: '“{file}” was left in place at “{place}”, and is not there now. Connect that disk or share, or put the file back.',
  },
  'original-changed': {
    'zh-Hans': '“{file}”保留在原处“{place}”，导入之后文件被改动过。请恢复原来的文件，或重新导入该期。',
    'zh-Hant': '「{file}」保留在原處「{place}」，匯入之後檔案被改動過。請還原原來的檔案，或重新匯入該期。',
    en: '“{file}” was left in place at “{place}”, and was changed after it was taken in. Restore the file, or import the issue again.',
  },
  'issue-unreadable': {
    'zh-Hans': '“{file}”这一期无法导入：{reason}。其他各期不受影响。',
    'zh-Hant': '「{file}」這一期無法匯入：{reason}。其他各期不受影響。',
    en: 'The issue in “{file}” cannot be imported: {reason}. The other issues are not affected.',
  },
  'unsafe-path': {
    'zh-Hans': '“{file}”指向来源之外，已拒绝。',
    'zh-Hant': '「{file}」指向來源之外，已拒絕。',
    en: '“{file}” points outside the source and was refused.',
  },
  'refused-file': {
    'zh-Hans': '“{file}”未导入：它是链接或特殊文件、重名或名称不安全，或无法读取、解压后过大。其余文件不受影响。',
    'zh-Hant': '「{file}」未匯入：它是連結或特殊檔案、重名或名稱不安全，或無法讀取、解壓後過大。其餘檔案不受影響。',
    en: '“{file}” was left out: it is a link, a special file, a repeated or unsafe name, cannot be read, or is too large to unpack. The other files are not affected.',
  },
  'unread-file': {
    'zh-Hans': '“{file}”未导入：没有一期用到它，也不是能识别的格式。若它属于某一期，请检查文件名或设置文件名规则。',
    'zh-Hant': '「{file}」未匯入：沒有一期用到它，也不是能識別的格式。若它屬於某一期，請檢查檔名或設定檔名規則。',
    en: '“{file}” was not imported: no issue uses it, and it is of no format that is known. If it belongs to an issue, check its name or set a pattern for the names.',
  },
  'unread-files': {
    'zh-Hans': '“{file}”等另外 {count} 个文件也未导入：没有一期用到它们，也不是能识别的格式。',
    'zh-Hant': '「{file}」等另外 {count} 個檔案也未匯入：沒有一期用到它們，也不是能識別的格式。',
    en: '“{file}” and others, {count} files in all, were not imported either: no issue uses them, and they are of no format that is known.',
  },
  'picture-too-large': {
    'zh-Hans': '图片“{file}”有 {width} × {height} 像素，超过上限 {limit} 百万像素，未予解码。请换成较小的图片。',
    'zh-Hant': '圖片「{file}」有 {width} × {height} 像素，超過上限 {limit} 百萬像素，未予解碼。請換成較小的圖片。',
    en: 'The picture “{file}” has {width} × {height} pixels, more than {limit} million, and was not decoded. Replace it by a smaller one.',
  },
  'too-large': {
    'zh-Hans': '“{file}”过大（{size} 字节，上限 {limit}），已拒绝。',
    'zh-Hant': '「{file}」過大（{size} 位元組，上限 {limit}），已拒絕。',
    en: '“{file}” is too large ({size} bytes, limit {limit}) and was refused.',
  },
  'no-index': {
    'zh-Hans': '“{file}”还没有建立索引。请运行“banmian index”。',
    'zh-Hant': '「{file}」還沒有建立索引。請執行「banmian index」。',
    en: '“{file}” has no index yet. Run “banmian index”.',
  },
  'stale-index': {
    'zh-Hans': '“{file}”的索引已损坏或由其他版本建立（{reason}），需要重新建立。请运行“banmian index”；内容未受影响。',
    'zh-Hant':
      '「{file}」的索引已損壞或由其他版本建立（{reason}），需要重新建立。請執行「banmian index」；內容未受影響。',
    en: 'The index of “{file}” is damaged or was made by another version ({reason}) and must be built anew. Run “banmian index”; the content is not affected.',
  },
  'bad-query': {
    'zh-Hans': '搜索“{query}”里有看不懂的地方，请改正：{reason}',
    'zh-Hant': '搜尋「{query}」裡有看不懂的地方，請改正：{reason}',
    en: 'The search “{query}” cannot be understood; please mend: {reason}',
  },
  'unknown-issue': {
    'zh-Hans': '档案中没有“{file}”这一期。',
    'zh-Hant': '典藏中沒有「{file}」這一期。',
    en: 'The archive holds no issue “{file}”.',
  },
  'unknown-article': {
    'zh-Hans': '档案中没有“{file}”这篇稿件。',
    'zh-Hant': '典藏中沒有「{file}」這篇稿件。',
    en: 'The archive holds no article “{file}”.',
  },
  ...notesSentences,
  'unknown-page': {
    'zh-Hans': '这一期没有“{file}”这个版。',
    'zh-Hant': '這一期沒有「{file}」這個版。',
    en: 'The issue has no page “{file}”.',
  },
  'bad-link': {
    'zh-Hans': '链接“{link}”无法使用：{reason}。请从来源重新复制整条链接。',
    'zh-Hant': '連結「{link}」無法使用：{reason}。請從來源重新複製整條連結。',
    en: 'The link “{link}” cannot be used: {reason}. Copy the whole link again from where it came from.',
  },
  'unknown-archive': {
    'zh-Hans': '链接指向的档案“{name}”（编号 {archive}）不在书架上。请先打开这个档案，再点链接。',
    'zh-Hant': '連結指向的典藏「{name}」（編號 {archive}）不在書架上。請先開啟這個典藏，再點連結。',
    en: 'The link leads into the archive “{name}” (id {archive}), which is not on the shelf. Open that archive first, then follow the link.',
  },
  'print-failed': {
    'zh-Hans': '没有打印成功：{reason}。请检查打印机是否连接，或改为存成 PDF。',
    'zh-Hant': '沒有列印成功：{reason}。請檢查印表機是否連接，或改為存成 PDF。',
    en: 'Nothing was printed: {reason}. Check that a printer is connected, or save a PDF instead.',
  },
  ...kioskSentences,
  ...programSentences,
  cancelled: {
    'zh-Hans': '已取消。没有任何改动。',
    'zh-Hant': '已取消。沒有任何改動。',
    en: 'Cancelled. Nothing was changed.',
  },
  'background-stopped': {
    'zh-Hans': '后台进程意外停止，已重新启动。请再试一次；档案未受影响。',
    'zh-Hant': '背景行程意外停止，已重新啟動。請再試一次；典藏未受影響。',
    en: 'The background process stopped unexpectedly and was started again. Try once more; the archive is not affected.',
  },
  'bad-request': {
    'zh-Hans': '请求无效：{reason}。',
    'zh-Hant': '請求無效：{reason}。',
    en: 'The request is not valid: {reason}.',
  },
  internal: {
    'zh-Hans': '程序出错，详情已写入日志。请重试；若再次发生，请把日志交给维护人员。',
    'zh-Hant': '程式出錯，詳情已寫入記錄。請重試；若再次發生，請把記錄交給維護人員。',
    en: 'Something went wrong in the program; the log has the details. Try again; if it happens again, hand the log to your maintainer.',
  },
} satisfies Record<string, Sentence>

export type ErrorCode = keyof typeof sentences

/** Every code, for tests and for the documentation. */
export const errorCodes = Object.keys(sentences) as ErrorCode[]

/** True when `code` is one of the closed list. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(sentences, code)
}

/** The sentence for a code in a language, with `{name}` filled from the details. */
export function explain(code: ErrorCode, details: Details = {}, language: Language = 'en'): string {
  return sentences[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole))
}

/** An error that a user can meet. Its message is the English sentence. */
export class ArchiveError extends Error {
  readonly code: ErrorCode
  readonly details: Details

  constructor(code: ErrorCode, details: Details = {}, options?: { cause?: unknown }) {
    super(explain(code, details), options)
    this.name = 'ArchiveError'
    this.code = code
    this.details = details
  }
}

/** A Node file error as the sentence a user understands; anything else comes back as it is. */
export function fromFileError(error: unknown, file: string): unknown {
  if (error instanceof ArchiveError || !(error instanceof Error)) return error
  const reason = (error as Error & { code?: string }).code
  switch (reason) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new ArchiveError('not-found', { file }, { cause: error })
    case 'ENOSPC':
    case 'EDQUOT':
      return new ArchiveError('disk-full', { file }, { cause: error })
    case 'EROFS':
      return new ArchiveError('read-only', { file }, { cause: error })
    case 'EACCES':
    case 'EPERM':
    case 'EIO':
    case 'EISDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new ArchiveError('unreadable-file', { file, reason }, { cause: error })
    default:
      return error
  }
}

/** As `fromFileError`, for a place that was to be written: without permission to write it is read-only. */
export function fromWriteError(error: unknown, file: string): unknown {
  const denied = error instanceof Error && ['EACCES', 'EPERM'].includes((error as Error & { code?: string }).code ?? '')
  return denied ? new ArchiveError('read-only', { file }, { cause: error }) : fromFileError(error, file)
}
