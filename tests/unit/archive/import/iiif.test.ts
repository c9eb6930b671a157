import { describe, expect, it } from 'vitest'
import { checkIssueDocument } from '../../../../archive/issue-document.ts'
import { importAll, pngOf, sourceOf } from './source-fixture.ts'

describe('IIIF whose pictures are local', () => {
  const canvas = 'https://example.org/iiif/i1/canvas/p1'
  const p3 = {
    '@context': 'http://iiif.io/api/presentation/3/context.json',
    id: 'https://example.org/i1/manifest.json',
    type: 'Manifest',
    label: { de: ['Tageblatt - 1925-02-16'] },
    navDate: '1925-02-16T00:00:00Z',
    viewingDirection: 'right-to-left',
    metadata: [{ label: { en: ['language'] }, value: { none: ['de'] } }],
    items: [
      {
        id: canvas,
        type: 'Canvas',
        label: { none: ['p. 1'] },
        width: 1000,
        height: 2000,
        items: [
          {
            type: 'AnnotationPage',
            items: [
              {
                type: 'Annotation',
                motivation: 'painting',
                target: canvas,
                body: {
                  id: 'https://img.org/iiif/abc%3A1/full/max/0/default.jpg',
                  type: 'Image',
                  service: [{ id: 'https://img.org/iiif/abc%3A1' }],
                },
              },
            ],
          },
        ],
        annotations: [{ id: 'https://example.org/i1/anno_p1.json', type: 'AnnotationPage' }],
      },
    ],
    structures: [
      {
        id: 'r0',
        type: 'Range',
        label: { en: ['Articles'] },
        items: [
          {
            id: 'r1',
            type: 'Range',
            label: { de: ['Neues'] },
            items: [
              {
                type: 'SpecificResource',
                source: { id: canvas, type: 'Canvas' },
                selector: { type: 'FragmentSelector', value: 'xywh=0,0,500,400' },
              },
            ],
          },
        ],
      },
    ],
  }
  const list = {
    '@context': 'x',
    id: 'https://example.org/i1/anno_p1.json',
    type: 'AnnotationPage',
    items: [
      {
        type: 'Annotation',
        body: { type: 'TextualBody', value: 'Das Wetter', language: 'de' },
        target: `${canvas}#xywh=10,10,200,40`,
      },
      { type: 'Annotation', body: { type: 'TextualBody', value: 'Rest' }, target: `${canvas}#xywh=10,1500,100,40` },
    ],
  }

  it('reads pages, articles of ranges, the rest, direction and title, and never needs the network', async () => {
    const collection = {
      type: 'Collection',
      '@context': 'http://iiif.io/api/presentation/3/context.json',
      id: 'c',
      label: { de: ['Berliner Tageblatt'] },
      items: [
        { id: p3.id, type: 'Manifest' },
        { id: 'https://example.org/i2/manifest.json', type: 'Manifest' },
      ],
    }
    const { issues, warnings } = await importAll(
      sourceOf({
        'm/manifest.json': JSON.stringify(p3),
        'm/anno_p1.json': JSON.stringify(list),
        'c.json': JSON.stringify(collection),
        'm/img/abc_1.jpg': pngOf(500, 1000),
      }),
    )
    expect(issues).toHaveLength(1)
    const [issue] = issues
    checkIssueDocument(JSON.parse(JSON.stringify(issue)), 'x')
    expect(issue).toMatchObject({
      title: { name: 'Berliner Tageblatt', language: 'de' },
      date: '1925-02-16',
      viewingDirection: 'right-to-left',
      pages: [
        {
          label: '1',
          renditions: [{ file: 'm/img/abc_1.jpg' }],
          text: { format: 'annotations', file: 'm/anno_p1.json', width: 1000 },
        },
      ],
    })
    expect(
      issue?.articles.map(({ kind, headline, blocks }) => [kind, headline, blocks.map(({ text }) => text)]),
    ).toEqual([
      ['article', 'Neues', ['Das Wetter']],
      ['page', '', ['Rest']],
    ])
    expect(issue?.pages[0]?.zones[0]?.polygon[2]).toEqual([0.5, 0.2])
    expect(warnings.map(({ code, file }) => [code, file])).toEqual([
      ['missing-file', 'https://example.org/i2/manifest.json'],
    ])
  })

  it('reads Presentation 2, and says what is missing or damaged', async () => {
    const p2 = {
      '@context': 'http://iiif.io/api/presentation/2/context.json',
      '@id': 'http://x/2/manifest',
      '@type': 'sc:Manifest',
      label: 'gwladgarwr (1858-09-11)',
      sequences: [
        {
          canvases: [
            {
              '@id': 'http://x/canvas/1',
              '@type': 'sc:Canvas',
              label: '[1]',
              width: 100,
              height: 100,
              images: [{ resource: { '@id': 'http://x/lost.jpg' } }],
              otherContent: [{ '@id': 'http://x/list/1', '@type': 'sc:AnnotationList' }],
            },
          ],
        },
      ],
      structures: [
        {
          '@id': 'r',
          '@type': 'sc:Range',
          label: 'BRAD',
          description: 'AETH y',
          canvases: ['http://x/canvas/1#xywh=700,2800,10400,13500'],
        },
      ],
    }
    const { issues, warnings } = await importAll(
      sourceOf({
        'a.json': JSON.stringify(p2),
        'b.json': '{"@context":"http://iiif.io/api/presentation/2/context.json", "@type":"sc:Manifest"',
      }),
    )
    expect(issues[0]).toMatchObject({
      title: { name: 'gwladgarwr' },
      date: '1858-09-11',
      articles: [{ headline: 'BRAD', blocks: [{ text: 'AETH y' }] }],
    })
    // Places in a unit of their own would mislead.
    expect(issues[0]?.pages[0]?.zones).toEqual([])
    expect(warnings.map(({ code }) => code).sort()).toEqual([
      'bad-coordinates',
      'damaged-document',
      'missing-file',
      'missing-image',
    ])
  })
})
