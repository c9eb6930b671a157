import encodeQR from 'qr'
import decodeQR from 'qr/decode.js'
import { expect, it } from 'vitest'
import { codeTexts, modulesPath } from '../../../../renderer/kiosk/take/code-texts.ts'

const citation = (index: number) =>
  `李明. 奋力打造一流产业集聚区：第${index}次调查[N]. 焦城日报, 2013-01-10(23). banmian://0123456789abcdef/jcrb/2013-01-10/1/p${index}`

/** A camera's picture of a symbol, six pixels a module. */
function photographed(modules: boolean[][], scale = 6) {
  const size = modules.length * scale
  const data = new Uint8Array(size * size * 4).fill(255)
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3)
  return { width: size, height: size, data }
}

it('puts short lists into one code, and leaves them as they are', () => {
  expect(codeTexts([citation(1)])).toEqual([citation(1)])
  expect(codeTexts([])).toEqual([])
})

it('spreads a long list over codes that say which they are, none of them too full, nothing lost', () => {
  const citations = Array.from({ length: 20 }, (_, index) => citation(index))
  const texts = codeTexts(citations)
  expect(texts.length).toBeGreaterThan(4)
  texts.forEach((text, index) => {
    expect(text.startsWith(`[${index + 1}/${texts.length}]\n`)).toBe(true)
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(450)
  })
  expect(texts.map((text) => text.replace(/^\[\d+\/\d+\]\n/, '')).join('\n')).toBe(citations.join('\n'))
})

it('cuts one that is too long for any code, between characters', () => {
  const texts = codeTexts(['報'.repeat(1000) + '👩‍👩‍👧'])
  expect(texts.map((text) => text.replace(/^\[\d+\/\d+\]\n/, '')).join('')).toBe('報'.repeat(1000) + '👩‍👩‍👧')
})

it('is read back by a decoder, word for word', () => {
  for (const text of codeTexts(Array.from({ length: 6 }, (_, index) => citation(index)))) {
    const modules = encodeQR(text, 'raw', { ecc: 'low', border: 4 })
    expect(modules.length).toBeLessThanOrEqual(73 + 8)
    expect(decodeQR(photographed(modules))).toBe(text)
    expect(modulesPath(modules).match(/M/g)).toHaveLength(modules.flat().filter(Boolean).length)
  }
})
