export const settingsTexts = { 'zh-Hans': { settings: {} }, 'zh-Hant': { settings: {} }, en: { settings: {} } } as const
