/** What the keys of the on-screen keyboard are, row by row. */
export type Layout = 'pinyin' | 'latin' | 'signs'

const letters = ['q w e r t y u i o p', 'a s d f g h j k l']

export const layouts: Record<Layout, string[]> = {
  pinyin: [...letters, '{mode} z x c v b n m {back}', "{signs} ' {space} {hide} {enter}"],
  latin: [...letters, '{mode} z x c v b n m {back}', '{signs} - {space} {hide} {enter}'],
  signs: [
    '1 2 3 4 5 6 7 8 9 0',
    '- / : . , \u201c \u201d \u300a \u300b',
    '{mode} ( ) " + * · {back}',
    '{letters} {space} {hide} {enter}',
  ],
}

/** The keys that do something else than type themselves. */
export const actionKeys = ['{mode}', '{back}', '{signs}', '{letters}', '{space}', '{hide}', '{enter}'] as const
export type ActionKey = (typeof actionKeys)[number]

export const isActionKey = (key: string): key is ActionKey => actionKeys.some((each) => each === key)
