import { beforeAll, describe, expect, it } from 'vitest'
import { articleText } from '../../../../archive/article-text.ts'
import { importRow, importTable, type ImportRow } from '../../../fixtures/import-table.ts'
import { sample } from './source-fixture.ts'

/** What the sources themselves say: counted in their METS, DIDL, manifests and folders, not in what was imported. */
interface Expected {
  folder: string
  importer: string
  issues: number
  pages: number
  articles: number
  /** Words as they stand in the delivery. */
  sentence: string
  title?: string
}

const mets = 'C-mets-alto/impresso+impresso-text-acquisition'

const expectations: Expected[] = [
  // 63 ARTICLE + 12 ADVERTISEMENT + 2 SECTION with a body; 12 + 5 + 1.
  {
    folder: `${mets}/Luxembourg`,
    importer: 'mets',
    issues: 2,
    pages: 8,
    articles: 95,
    sentence: 'Revue politique.',
    title: 'Luxemburger Zeitung – Journal de Luxembourg',
  },
  {
    folder: `${mets}/BNF`,
    importer: 'mets',
    issues: 1,
    pages: 4,
    articles: 52,
    sentence: 'Lundi 14 Février',
    title: 'La-Fronde',
  },
  // 10 ARTICLE + 3 ADVERTISEMENT, 21 + 8.
  {
    folder: `${mets}/BNF-EN`,
    importer: 'mets',
    issues: 2,
    pages: 12,
    articles: 42,
    sentence: 'GRANDE-BRETAGNE.',
    title: 'Le Journal des Débats politiques et littéraires',
  },
  {
    folder: `${mets}/RERO2`,
    importer: 'mets',
    issues: 1,
    pages: 5,
    articles: 2,
    sentence: 'Der Landbote begrüßt seine Leser',
    title: 'BLB',
  },
  {
    folder: `${mets}/KB`,
    importer: 'kb',
    issues: 1,
    pages: 2,
    articles: 4,
    sentence: 'EXTRA VERKOOPING.',
    title: 'Advertentieblad, bekendmakingen en onderscheidene berigten van Groningen',
  },
  { folder: `${mets}/BCUL`, importer: 'scans', issues: 2, pages: 5, articles: 0, sentence: 'les' },
  {
    folder: 'C-mets-alto/open-oni+sample-data',
    importer: 'ndnp',
    issues: 16,
    pages: 23,
    articles: 0,
    sentence: 'MONDAY, FEBRUARY 21, 1859.',
    title: 'The Evening star',
  },
  {
    folder: 'C-mets-alto/dbmdz+solr-ocrhighlighting',
    importer: 'scans',
    issues: 4,
    pages: 22,
    articles: 0,
    sentence: '1860',
  },
  {
    folder: 'C-mets-alto/KBNLresearch+europeananp-ner',
    importer: 'scans',
    issues: 1,
    pages: 3,
    articles: 0,
    sentence: 'ZWOLSCHE COURANT',
  },
  {
    folder: 'C-mets-alto/altoxml+documentation',
    importer: 'scans',
    issues: 1,
    pages: 1,
    articles: 0,
    sentence: 'ABONNEMENTS',
  },
  {
    folder: 'C-mets-alto/ulb-sachsen-anhalt+digital-derivans/src/test/resources/mets/kitodo3',
    importer: 'mets',
    issues: 1,
    pages: 4,
    articles: 0,
    sentence: '',
    title: 'Der Bote für das Saalthal',
  },
  // Ten issues in the METS of a volume.
  {
    folder: 'C-mets-alto/ulb-sachsen-anhalt+digital-derivans/src/test/resources/mets/kitodo2',
    importer: 'mets',
    issues: 10,
    pages: 188,
    articles: 0,
    sentence: '',
    title: 'Photographisches Centralblatt',
  },
  {
    folder: 'C-page-xml/impresso+NZZ-black-letter-ground-truth',
    importer: 'scans',
    issues: 3,
    pages: 3,
    articles: 0,
    sentence: 'Ein Nachtrag unsrer Zeitung liefert',
  },
  {
    folder: 'C-page-xml/UB-Mannheim+reichsanzeiger-gt',
    importer: 'scans',
    issues: 2,
    pages: 2,
    articles: 0,
    sentence: 'Berlin',
  },
  {
    folder: 'C-page-xml/mittagessen+kraken',
    importer: 'scans',
    issues: 2,
    pages: 10,
    articles: 0,
    sentence: 'Line 1 in region 1',
  },
  {
    folder: 'C-hocr/dbmdz+solr-ocrhighlighting',
    importer: 'scans',
    issues: 2,
    pages: 5,
    articles: 0,
    sentence: 'LANCASTER DAILY',
  },
  {
    folder: 'E-iiif/IIIF+cookbook-recipes/resolved',
    importer: 'iiif',
    issues: 4,
    pages: 17,
    articles: 2,
    sentence: 'I. 54. Jahrgang',
    title: 'Berliner Tageblatt',
  },
  {
    folder: 'E-iiif/glenrobson+iiif_stuff/examples',
    importer: 'iiif',
    issues: 1,
    pages: 8,
    articles: 39,
    sentence: 'BRAD Y SEPOYS.',
  },
  {
    folder: 'B-C-zh-historic-tei/hcts-hra+ecpo-data',
    importer: 'folds',
    issues: 13,
    pages: 40,
    articles: 1100,
    sentence: '城內四處大火',
    title: '晶報',
  },
]

describe.each(expectations)('$folder', (expected) => {
  const path = sample(expected.folder)
  let row: ImportRow
  beforeAll(async () => {
    if (path) row = await importRow(path, expected.folder)
  })
  it.skipIf(!path)('is imported as its source says', () => {
    const { issues, pages, articles } = row
    expect({ issues, pages, articles }, importTable([row])).toEqual({
      issues: expected.issues,
      pages: expected.pages,
      articles: expected.articles,
    })
    expect(row.importers).toContain(expected.importer)
    const texts = row.documents.flatMap((issue) => issue.articles.map((article) => articleText(article).text))
    expect(texts.some((text) => text.includes(expected.sentence)) || expected.sentence === '').toBe(true)
    if (expected.title) expect(row.documents.map((issue) => issue.title.name)).toContain(expected.title)
    const ids = row.documents.map((issue) => `${issue.title.id}/${issue.date}/${issue.edition}`)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

/** The others, also those of other importers: nothing throws, and what gives no issue says why. */
const others = [
  'A-epaper-html/seed',
  'B-C-zh-historic-tei/hcts-hra+ecpo-segment',
  'C-mets-alto/cneud+alto-tools',
  'C-mets-alto/kitodo+kitodo-presentation',
  'C-mets-alto/open-oni+open-oni',
  'C-mets-alto/samvera-labs+newspaper_works',
  'C-mets-alto/slub+dfg-viewer',
  'C-page-xml/ulb-sachsen-anhalt+digital-eval',
  'D-pdf',
  'E-iiif/tify-iiif-viewer+tify',
]

describe.each(others)('%s', (folder) => {
  const path = sample(folder)
  it.skipIf(!path)('never throws and is never silently empty', async () => {
    const row = await importRow(path ?? '', folder)
    const said = row.issues > 0 || row.refused !== undefined || row.messages.length > 0
    expect(said, importTable([row])).toBe(true)
    for (const issue of row.documents) {
      const isShown = issue.pages.some((page) => page.renditions.length > 0 || page.text) || issue.articles.length > 0
      expect(isShown || issue.warnings.length > 0, `${issue.title.id} ${issue.date}`).toBe(true)
    }
  })
})
