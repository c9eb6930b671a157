import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const folder = resolve(import.meta.dirname, '../../../../renderer')
const tokensFile = 'shared/tokens.css'

interface Declaration {
  file: string
  property: string
  value: string
}

/** Every declaration of every style sheet and every `<style>` of a component. */
const declarations: Declaration[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(css|vue)$/.test(file) && file !== tokensFile)
  .flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const css = file.endsWith('.css')
      ? text
      : [...text.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, style]) => style).join('\n')
    const plain = css.replaceAll(/\/\*[^]*?\*\//g, '')
    return [...plain.matchAll(/(?:^|[{;])\s*([\w-]+)\s*:\s*([^;{}]+);/g)].map(([, property = '', value = '']) => ({
      file,
      property,
      value: value.replaceAll(/\s+/g, ' ').trim(),
    }))
  })

const named = readFileSync(join(folder, tokensFile), 'utf8')
const tokens = new Set([...named.matchAll(/^\s*(--[\w-]+):/gm)].map(([, name = '']) => name))

const told = (found: Declaration[]) => found.map(({ file, property, value }) => `${file}: ${property}: ${value}`)

it('reads the style of the whole interface', () => {
  expect(declarations.length).toBeGreaterThan(1000)
  expect(tokens.size).toBeGreaterThan(60)
})

it('takes every colour from the tokens', () => {
  const raw = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|(?<![\w-])(?:black|white|red|gray|grey)\b/i
  const found = declarations.filter(
    ({ property, value }) => raw.test(value) && !/^(content|white-space)/.test(property),
  )
  expect(told(found)).toEqual([])
})

it('takes every size of type from the tokens, or from the text around it', () => {
  // A print is laid out in points, on paper.
  const found = declarations.filter(
    ({ file, property, value }) =>
      property === 'font-size' && /\d(px|rem|pt|cm|mm)\b/.test(value) && file !== 'takeaway/PrintSheet.vue',
  )
  expect(told(found)).toEqual([])
})

it('takes every typeface from the tokens', () => {
  const found = declarations.filter(
    ({ property, value }) => property === 'font-family' && !/^(var\(--font-[\w-]+\)|inherit)$/.test(value),
  )
  expect(told(found)).toEqual([])
})

it('takes every duration from the tokens', () => {
  const found = declarations.filter(
    ({ property, value }) => /^(transition|animation)/.test(property) && /(?<![\w.-])(?!0m?s)[\d.]+m?s\b/.test(value),
  )
  expect(told(found)).toEqual([])
})

it('keeps distances on the grid and corners of one kind', () => {
  const spaces = /^(padding|margin|gap|row-gap|column-gap)/
  // A finger's or a pointer's reach beyond what is seen is measured from the thing itself.
  const found = declarations.filter(({ property, value }) => {
    if (property.includes('radius')) return /\d(px|rem)/.test(value)
    return spaces.test(property) && /(?<![\w.-])(?!1px)[\d.]+px/.test(value)
  })
  expect(told(found)).toEqual([])
})

it('uses no token that does not exist', () => {
  const own = new Set(declarations.filter(({ property }) => property.startsWith('--')).map(({ property }) => property))
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(vue|ts)$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const unknown = declarations.flatMap(({ file, value }) =>
    [...value.matchAll(/var\((--[\w-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !tokens.has(name) && !own.has(name) && !scripts.includes(`'${name}'`))
      .map((name) => `${file}: ${name}`),
  )
  expect(unknown).toEqual([])
})

it('has no slant or weight that the machine would have to invent for Chinese', () => {
  const found = declarations.filter(({ property, value }) => property === 'font-style' && /italic|oblique/.test(value))
  expect(told(found)).toEqual([])
})
