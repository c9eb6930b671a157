import { expect, it } from 'vitest'
import { inNameOrder } from '../../../../renderer/shared/name-order.ts'

const names = ['王府日报', '北京日报', '丁字报', '上海时报', '第10版', '第9版', 'Times']
const sorted = (language: string) =>
  inNameOrder(
    names.map((name) => ({ name })),
    language,
  ).map(({ name }) => name)

it('sorts names by pinyin, by strokes and by the alphabet, as the language of the interface has it', () => {
  expect(sorted('zh-Hans').filter((name) => name.endsWith('报'))).toEqual([
    '北京日报',
    '丁字报',
    '上海时报',
    '王府日报',
  ])
  // 丁 2, 上 3, 王 4, 北 5 strokes.
  expect(sorted('zh-Hant').filter((name) => name.endsWith('报'))).toEqual([
    '丁字报',
    '上海时报',
    '王府日报',
    '北京日报',
  ])
  expect(sorted('en')[0]).toBe('Times')
  for (const language of ['zh-Hans', 'zh-Hant', 'en'])
    expect(sorted(language).filter((name) => name.endsWith('版'))).toEqual(['第9版', '第10版'])
})
