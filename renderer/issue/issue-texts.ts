export const issueTexts = { 'zh-Hans': { issue: {} }, 'zh-Hant': { issue: {} }, en: { issue: {} } } as const
