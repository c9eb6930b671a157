import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../../renderer/shared/tokens.css'), 'utf8')

function themeTokens(theme: string): Record<string, string> {
  const block = css.slice(css.indexOf(`[data-theme='${theme}'] {`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]))
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string | undefined, other: string | undefined): number {
  const [dark = 0, light = 0] = [luminance(one ?? ''), luminance(other ?? '')].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const text: [string, string[]][] = [
  ['ink', ['paper', 'raised', 'desk', 'accent-soft']],
  ['ink-soft', ['paper', 'raised', 'desk', 'accent-soft']],
  ['ink-faint', ['paper', 'raised', 'desk', 'accent-soft']],
  ['accent', ['paper', 'raised', 'accent-soft']],
  ['mine', ['paper', 'raised']],
  ['accent-ink', ['accent']],
  ['mark-ink', ['mark']],
  ['heat-ink', ['heat-0', 'heat-1', 'heat-2']],
  ['heat-ink-3', ['heat-3']],
]
const controls: [string, string[]][] = [
  ['control', ['paper', 'raised']],
  ['focus', ['paper', 'raised', 'desk']],
]

for (const theme of ['light', 'dark', 'sepia', 'contrast']) {
  it(`keeps text and controls readable in ${theme}`, () => {
    const tokens = themeTokens(theme)
    for (const [pairs, least] of [
      [text, 4.5],
      [controls, 3],
    ] as const) {
      for (const [ink, grounds] of pairs) {
        for (const ground of grounds) {
          expect(contrast(tokens[ink], tokens[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least)
        }
      }
    }
  })
}
