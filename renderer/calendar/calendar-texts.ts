export const calendarTexts = { 'zh-Hans': { calendar: {} }, 'zh-Hant': { calendar: {} }, en: { calendar: {} } } as const
