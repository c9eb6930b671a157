import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, NoteEdit } from '../../../../archive/annotations/annotation-model.ts'
import { editedAnnotation, newAnnotation, noteOf } from '../../../../archive/annotations/annotation-record.ts'
import {
  csvOf,
  htmlOf,
  jsonLdByIssue,
  jsonLdOf,
  markdownOf,
  markdownVault,
} from '../../../../archive/annotations/annotations-export.ts'
import {
  importLimits,
  planImport,
  readAnnotations,
  runImport,
} from '../../../../archive/annotations/annotations-import.ts'
import { newFolder } from '../../../../archive/annotations/note-folders.ts'
import { openNoteStore } from '../../../../archive/annotations/note-store.ts'
import { annotationContextDocument, countTypes, expandedAnnotations } from '../../../fixtures/annotation-context.ts'
import { collectionFaults } from '../../../fixtures/annotation-shape.ts'
import { somePlace } from '../../../fixtures/sample-notes.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'
import { anyAnnotation } from '../../../fixtures/any-annotation.ts'

const at = '2026-01-02T03:04:05.000Z'
const later = '2026-02-03T04:05:06.000Z'
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const make = (edit: NoteEdit, part = {}): JsonObject =>
  newAnnotation({ level: 'page', place: somePlace(part), edit }, at)
const read = (value: unknown) => readAnnotations(bytes(value), 'x.json')

it('carries 10,000 annotations of every kind out and in again: nothing lost, nothing changed but what was edited', async () => {
  const generated = fc.sample(anyAnnotation(), { numRuns: 10_000, seed: 20130110 })
  const named = generated.map((annotation, index) => ({ ...annotation, id: `urn:test:${index}` }))
  // JSON has no negative zero.
  const annotations = JSON.parse(JSON.stringify(named)) as typeof named
  const here = openNoteStore(temporaryFolder())
  const first = readAnnotations(bytes(jsonLdOf(annotations, [], 'all')), 'all.jsonld')
  expect(first).toMatchObject({ skippedCount: 0 })
  expect(first.records).toHaveLength(10_000)
  const firstPlan = planImport(here, first.records)
  expect([firstPlan.added.length, firstPlan.same]).toEqual([10_000, 0])
  runImport(here, firstPlan, 'newer', 'all.jsonld')

  const edits: NoteEdit[] = [{ comment: '改 ✎' }, { tags: ['甲', '乙'] }, { colour: 'red' }, { kind: 'questioning' }]
  const expected = new Map<string, JsonObject>(annotations.map((each) => [each.id, each]))
  annotations.forEach(({ id }, index) => {
    if (index % 50 !== 0) return
    const stored = here.read(id)!
    const edited = editedAnnotation(stored, edits[(index / 50) % edits.length]!, later)
    here.change({ put: [edited], origin: 'reader', label: 'edit' })
    expected.set(id, edited)
  })

  const there = openNoteStore(temporaryFolder())
  const exported = jsonLdOf(here.all(), [], 'all')
  const second = readAnnotations(bytes(exported), 'all.jsonld')
  runImport(there, planImport(there, second.records), 'newer', 'all.jsonld')
  expect(there.all()).toHaveLength(10_000)
  for (const record of there.all()) expect(record).toEqual(expected.get(String(record['id'])))
  // What an edit does not name is as it was.
  annotations.forEach((original, index) => {
    if (index % 50 !== 0) return
    const { modified: _m, body: _b, motivation: _mo, 'banmian:colour': _c, ...rest } = there.read(original.id)!
    const { modified: _m2, body: _b2, motivation: _mo2, 'banmian:colour': _c2, ...before } = original as JsonObject
    expect(rest).toEqual(before)
  })
  expect(planImport(there, here.all())).toMatchObject({ added: [], changed: [], conflicts: [], same: 10_000 })
  here.close()
  there.close()

  // The exported set is what the W3C says, and a JSON-LD processor drops only what its makers named by no context.
  const collection = JSON.parse(exported) as JsonObject
  expect(collectionFaults(collection)).toEqual([])
  const { nodes, dropped } = await expandedAnnotations(collection)
  expect(countTypes(nodes).get('http://www.w3.org/ns/oa#Annotation')).toBe(10_000)
  const known = new Set(Object.keys(annotationContextDocument['@context'] as JsonObject))
  const names = [...new Set(dropped)].map((each) => /^invalid property: "(.*)"$/.exec(each)?.[1] ?? each)
  expect(names).toContain('未知')
  expect(names.filter((name) => known.has(name) || name.startsWith('banmian:'))).toEqual([])
}, 300_000)

describe('what comes in', () => {
  it('is read from every container', () => {
    const one = make({})
    const two = make({})
    const folder = newFolder('reading', '待读', at)
    expect(read(one).records).toEqual([one])
    expect(read([one, two]).records).toEqual([one, two])
    expect(read({ type: 'AnnotationPage', items: [one] }).records).toEqual([one])
    expect(read({ type: 'AnnotationCollection', first: { type: 'AnnotationPage', items: [one] } }).records).toEqual([
      one,
    ])
    expect(read(jsonLdOf([one, two], [folder], 'x')).records).toEqual([one, two, folder])
  })

  it('is compared with what is here, and merged as asked', () => {
    const store = openNoteStore(temporaryFolder())
    const [same, older, newer, fresh] = [make({}), make({ comment: '旧' }), make({ comment: '旧' }), make({})]
    store.change({
      put: [same, older, editedAnnotation(newer, { comment: '我的' }, later)],
      origin: 'reader',
      label: 'add',
    })
    const theirs = [
      same,
      editedAnnotation(older, { comment: '新' }, later),
      editedAnnotation(newer, { comment: '他的' }, at),
      fresh,
    ]
    const plan = planImport(store, theirs)
    expect(plan).toMatchObject({ same: 1, added: [fresh] })
    expect([plan.changed.length, plan.conflicts.length]).toEqual([1, 1])

    const comments = () =>
      store
        .all()
        .map((record) => noteOf(record).comment)
        .sort()
    expect(runImport(store, plan, 'newer', 'a')).toBe(2)
    expect(comments()).toEqual(['', '', '我的', '新'])
    store.undo()
    runImport(store, plan, 'mine', 'a')
    expect(comments()).toEqual(['', '', '我的', '旧'])
    store.undo()
    runImport(store, plan, 'theirs', 'a')
    expect(comments()).toEqual(['', '', '他的', '新'])
    store.undo()
    runImport(store, plan, 'both', 'a')
    expect(comments()).toEqual(['', '', '他的', '我的', '新', '旧'])
    // Brought again, both are there already.
    expect(runImport(store, planImport(store, theirs), 'both', 'a')).toBe(2)
    expect(comments()).toHaveLength(6)
    store.close()
  })

  it('is refused with a code when it is no file of annotations', () => {
    const refused = (content: Uint8Array, code: string) =>
      expect(() => readAnnotations(content, 'x.json')).toThrow(expect.objectContaining({ code }))
    refused(bytes('{"type": "Annotation", "id"'), 'bad-annotations')
    refused(bytes('"text"'), 'bad-annotations')
    refused(bytes('{}'), 'bad-annotations')
    refused(Buffer.from([0xff, 0xfe, 0x00]), 'bad-annotations')
    refused(bytes('['.repeat(200_000)), 'bad-annotations')
    refused(new Uint8Array(importLimits.bytes + 1), 'too-large')
    refused(bytes(Array.from({ length: importLimits.records + 1 }, () => 0)), 'bad-annotations')
  })

  it('is passed over piece by piece where a piece is hostile, and each is named', () => {
    let deep: JsonObject = {}
    for (let level = 0; level < 100; level += 1) deep = { deep }
    const good = make({ comment: '好' })
    const { records, skipped } = read([
      good,
      { ...make({}), id: 'urn:deep', 'ex:deep': deep },
      { ...make({}), id: 'urn:large', 'ex:large': 'x'.repeat(importLimits.record) },
      { type: 'Annotation', id: 'urn:no-target' },
      { type: 'Person', id: 'urn:person' },
      7,
      { ...good, modified: '2001-01-01T00:00:00Z' },
      JSON.parse('{"type":"Annotation","id":"__proto__","target":"urn:x","__proto__":{"polluted":true}}'),
    ])
    expect(records).toHaveLength(2)
    expect(records[0]).toEqual(good)
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'too-deep',
      'too-large',
      'no-target',
      'not-an-annotation',
      'not-an-annotation',
      'duplicate-id',
    ])
    expect(skipped.map(({ name }) => name).slice(0, 5)).toEqual([
      'urn:deep',
      'urn:large',
      'urn:no-target',
      'urn:person',
      '#6',
    ])
    const store = openNoteStore(temporaryFolder())
    runImport(store, planImport(store, records), 'newer', 'x')
    expect(store.all()).toHaveLength(2)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    store.close()
  })

  it('may link in circles without harm', () => {
    const one = make({ links: ['urn:b'] })
    const records = read([
      { ...one, id: 'urn:a' },
      { ...make({ links: ['urn:a'] }), id: 'urn:b' },
    ]).records
    expect(records.map((record) => noteOf(record).links)).toEqual([['urn:b'], ['urn:a']])
  })
})

describe('what goes out', () => {
  const nasty = make({ comment: '=HYPERLINK("http://x")\n<script>alert(1)</script>', tags: ['-1+2', '甲 乙'] })
  const plain = make(
    { comment: '**重要**' },
    { date: '2014-05-06', article: { id: 'a', headline: 'a/b: "c"?', pages: ['01'] } },
  )
  const notes = [nasty, plain].map((record) => noteOf(record))

  it('is CSV that no spreadsheet runs', () => {
    const lines = csvOf(notes).split('\r\n')
    expect(lines[0]).toBe(
      '\ufeffid,kind,colour,newspaper,date,edition,supplement,page,headline,quote,correction,comment,tags,created,modified,reference',
    )
    expect(csvOf(notes)).toContain(`"'=HYPERLINK(""http://x"")\n<script>alert(1)</script>",'-1+2; 甲 乙,`)
  })

  it('is Markdown, in one file or a vault with front matter and names that every disk takes', () => {
    expect(markdownOf(notes, '我的笔记')).toContain('**重要**')
    const vault = markdownVault([...notes, { ...notes[1]!, id: 'urn:other', links: [notes[1]!.id] }])
    expect([...vault.keys()]).toEqual([
      '2013-01-10 壮大产业集群 强化要素保障.md',
      '2014-05-06 a_b_ _c_.md',
      '2014-05-06 a_b_ _c_ 2.md',
    ])
    expect(vault.get('2014-05-06 a_b_ _c_ 2.md')).toContain('- [[2014-05-06 a_b_ _c_]]')
    expect(vault.get('2014-05-06 a_b_ _c_.md')).toMatch(/^---\nid: "urn:uuid:[^\n]+\nkind: "commenting"\n/)
  })

  it('is JSON-LD by issue', () => {
    const files = jsonLdByIssue([nasty, plain])
    expect([...files.keys()]).toEqual(['jcrb_2013-01-10_1.jsonld', 'jcrb_2014-05-06_1.jsonld'])
    expect(readAnnotations(bytes(files.get('jcrb_2014-05-06_1.jsonld')), 'x').records).toEqual([plain])
  })

  it('is HTML that runs nothing', () => {
    const html = htmlOf(notes, {
      title: '<报告>',
      pictures: new Map([[notes[0]!.id, 'data:image/jpeg;base64,AAAA']]),
      language: 'zh-Hans',
    })
    expect(html).not.toContain('<script')
    expect(html).toContain('&#60;报告&#62;')
    expect(html).toContain('<img src="data:image/jpeg;base64,AAAA"')
    expect(html).toContain("default-src 'none'")
  })
})
