import { describe, expect, it } from 'vitest'
import { readAlto } from '../../../../archive/import/alto.ts'

function alto(page: string, attributes = 'WIDTH="1000" HEIGHT="2000"'): Uint8Array {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
    <a:alto xmlns:a="http://www.loc.gov/standards/alto/ns-v2#"><a:Layout><a:Page ${attributes}>${page}</a:Page></a:Layout></a:alto>`)
}

const string = (content: string, more = ''): string =>
  `<a:String CONTENT="${content}" HPOS="100.0" VPOS="200" WIDTH="50" HEIGHT="20" ${more}/>`

const block = (lines: string, id = 'B1'): string =>
  `<a:TextBlock ID="${id}" HPOS="100" VPOS="200" WIDTH="500" HEIGHT="400">${lines}</a:TextBlock>`

describe('readAlto', () => {
  it('scales by the page, joins strings with and without SP, and reads margins and composed blocks', () => {
    const page = readAlto(
      alto(`<a:TopMargin>${block(`<a:TextLine>${string('Head')}</a:TextLine>`)}</a:TopMargin>
        <a:PrintSpace><a:ComposedBlock><a:ComposedBlock>${block(
          `<a:TextLine>${string('one')}<a:SP/>${string('two')}</a:TextLine><a:TextLine>${string('three')}</a:TextLine>`,
          'B2',
        )}</a:ComposedBlock></a:ComposedBlock></a:PrintSpace>`),
    )
    expect(page.blocks.map(({ id, text }) => [id, text])).toEqual([
      ['B1', 'Head'],
      ['B2', 'one two three'],
    ])
    expect(page.blocks[1]?.box).toEqual({ x: 0.1, y: 0.1, w: 0.5, h: 0.2 })
    expect(page.blocks[1]?.words[1]).toEqual({ start: 4, end: 7, box: { x: 0.1, y: 0.1, w: 0.05, h: 0.01 } })
  })

  it('writes a broken word once, with both boxes', () => {
    const lines = `<a:TextLine>${string('news', 'SUBS_TYPE="HypPart1" SUBS_CONTENT="newspaper"')}<a:HYP CONTENT="-"/></a:TextLine>
      <a:TextLine>${string('paper', 'SUBS_TYPE="HypPart2" SUBS_CONTENT="newspaper"')}${string('man')}</a:TextLine>`
    const [first] = readAlto(alto(block(lines))).blocks
    expect(first?.text).toBe('newspaper man')
    expect(first?.words.map(({ start, end }) => [start, end])).toEqual([
      [0, 9],
      [0, 9],
      [10, 13],
    ])
  })

  it('puts no space between CJK characters, also over lines', () => {
    const lines = `<a:TextLine>${string('晶')}${string('報')}</a:TextLine><a:TextLine>${string('上海')}${string('ABC')}</a:TextLine>`
    expect(readAlto(alto(block(lines))).blocks[0]?.text).toBe('晶報上海 ABC')
  })

  it('takes malformed numbers, absent page sizes and repeated ids', () => {
    const bad = `<a:TextLine>${'<a:String CONTENT="x" HPOS="10" VPOS="10" WIDTH="90" HEIGHT="90;x_wconf 88"/>'}</a:TextLine>`
    const page = readAlto(
      alto(`<a:PrintSpace HPOS="0" VPOS="0" WIDTH="1000" HEIGHT="1000"/>${block(bad)}${block(bad)}`, 'WIDTH="0"'),
    )
    expect(page).toMatchObject({ width: 1000, height: 1000 })
    expect(page.blocks.map((each) => each.id)).toEqual(['B1', 'B1-2'])
    expect(page.blocks[0]?.words[0]?.box).toEqual({ x: 0.01, y: 0.01, w: 0.09, h: 0.09 })
  })

  it.each([
    [
      'a document type',
      '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY b "&lol;&lol;">]><alto>&b;</alto>',
      'type declaration',
    ],
    ['broken XML', '<alto><Layout><Page>', 'unclosed'],
    ['deep nesting', `<alto>${'<x>'.repeat(100_000)}`, 'nested'],
    ['another format', '<html/>', 'not an ALTO'],
    ['an unknown entity', '<alto>&x;</alto>', 'entity'],
    ['NUL bytes', '\0\0\0\0', 'root element'],
  ])('refuses %s', (_, xml, reason) => {
    expect(() => readAlto(Buffer.from(xml))).toThrow(reason)
  })
})
