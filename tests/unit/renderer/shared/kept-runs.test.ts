import { expect, test } from 'vitest'
import { keptRuns } from '../../../../renderer/shared/kept-runs.ts'

test('what is quoted in a headline is one run', () => {
  expect(keptRuns('从“一枝独秀”到“满园春色”')).toEqual([
    { text: '从', kept: false },
    { text: '“一枝独秀”', kept: true },
    { text: '到', kept: false },
    { text: '“满园春色”', kept: true },
  ])
  expect(keptRuns('讀《紅樓夢》')).toEqual([
    { text: '讀', kept: false },
    { text: '《紅樓夢》', kept: true },
  ])
})

test('a long quotation may be broken, and no character is lost', () => {
  for (const text of ['“奋力打造一流产业集聚区”成为共识', '', '“”', '没有引号', '“未完']) {
    const runs = keptRuns(text)
    expect(runs.map((run) => run.text).join('')).toBe(text)
    expect(runs.some((run) => run.kept)).toBe(false)
  }
})
