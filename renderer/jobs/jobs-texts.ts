/** Texts of the import desk and of long work. */
export const jobsTexts = {
  'zh-Hans': {
    jobs: {
      phase: {
        reading: '正在读取',
        copying: '正在复制',
        committing: '正在写入',
        catalogue: '正在编目',
        index: '正在建立索引',
        pictures: '正在制作缩略图',
        done: '已完成',
        failed: '未能完成',
        cancelled: '已取消',
      },
    },
  },
  'zh-Hant': {
    jobs: {
      phase: {
        reading: '正在讀取',
        copying: '正在複製',
        committing: '正在寫入',
        catalogue: '正在編目',
        index: '正在建立索引',
        pictures: '正在製作縮圖',
        done: '已完成',
        failed: '未能完成',
        cancelled: '已取消',
      },
    },
  },
  en: {
    jobs: {
      phase: {
        reading: 'Reading',
        copying: 'Copying',
        committing: 'Writing',
        catalogue: 'Cataloguing',
        index: 'Indexing',
        pictures: 'Making thumbnails',
        done: 'Done',
        failed: 'Not finished',
        cancelled: 'Cancelled',
      },
    },
  },
} as const
