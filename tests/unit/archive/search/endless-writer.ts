/** Adds batches of 50 articles and merges, until it is killed: for the test of whole indexes. */
import { createSearchIndex } from '../../../../archive/search/index-writer.ts'
import { makeCorpus } from '../../../fixtures/make-corpus.ts'
import { asDocument } from './corpus-index.ts'

const writer = createSearchIndex(process.argv[2] ?? '')
for (let round = 0; round < 10_000; round++) {
  const firstId = 101 + round * 50
  await writer.addDocuments([...makeCorpus(50, { firstId, seed: firstId })].map(asDocument))
  await writer.merge()
}
