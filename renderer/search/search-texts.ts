export const searchTexts = { 'zh-Hans': { search: {} }, 'zh-Hant': { search: {} }, en: { search: {} } } as const
