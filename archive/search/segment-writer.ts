import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { fromFileError } from '../errors.ts'
import { ByteSink, packPostings } from './postings.ts'
import type { FoldedDocument } from './search-document.ts'
import type { SegmentHead, TailArrays, TermSource } from './segment-format.ts'
import { pairHash, termFilter, wordHash } from './term-filter.ts'
import { blockTerms, checkedBytes, footerBytes, signature, tailLayout } from './segment-format.ts'

function writeFully(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done, bytes.length - done)
}

/** Writes in large pieces and takes the checksum of every 4 KiB on the way. */
function checkedOutput(descriptor: number) {
  const buffer = Buffer.alloc(checkedBytes * 256)
  const checksums: number[] = []
  let filled = 0
  let written = 0
  const flush = (): void => {
    for (let start = 0; start < filled; start += checkedBytes) {
      checksums.push(crc32(buffer.subarray(start, Math.min(start + checkedBytes, filled))))
    }
    writeFully(descriptor, buffer.subarray(0, filled))
    filled = 0
  }
  return {
    append(bytes: Uint8Array): void {
      for (let from = 0; from < bytes.length;) {
        const taken = Math.min(bytes.length - from, buffer.length - filled)
        buffer.set(bytes.subarray(from, from + taken), filled)
        filled += taken
        from += taken
        written += taken
        if (filled === buffer.length) flush()
      }
    },
    offset: (): number => written,
    finish(): Uint32Array {
      flush()
      return Uint32Array.from(checksums)
    },
  }
}

type Output = ReturnType<typeof checkedOutput>

/** Blocks of terms with the offsets that stay in memory. Postings go out at once, blocks are kept for behind them. */
function termBlocks(output: Output, postingsStart: number, documents: number) {
  const blocks = new ByteSink(1 << 16)
  const lists = new ByteSink(1 << 16)
  const offsets: number[] = []
  const postings: number[] = []
  let terms = 0
  return {
    blocks,
    offsets,
    postings,
    /** Begins a block when one is due. */
    begin(): boolean {
      if (terms++ % blockTerms !== 0) return false
      offsets.push(blocks.length)
      postings.push(output.offset() - postingsStart)
      return true
    },
    /** Count with a flag for headlines, then the only position, or the length of the lists. */
    entry(headline: ArrayLike<number>, body: ArrayLike<number>): void {
      const count = headline.length + body.length
      blocks.varint(count * 2 + (headline.length > 0 ? 1 : 0))
      if (count === 1) {
        blocks.varint((headline.length > 0 ? headline[0] : body[0]) ?? 0)
        return
      }
      if (headline.length > 0) blocks.varint(headline.length)
      lists.length = 0
      packPostings(lists, headline, documents)
      packPostings(lists, body, documents)
      blocks.varint(lists.length)
      output.append(lists.view())
    },
  }
}

function writeTerms(output: Output, documents: number, source: TermSource) {
  const postings = output.offset()
  const pairs = termBlocks(output, postings, documents)
  const pairKeys: number[] = []
  const hashes: number[] = []
  let previousKey = 0
  source.pairs((key, headline, body) => {
    hashes.push(pairHash(key))
    if (pairs.begin()) pairKeys.push(key)
    else pairs.blocks.varint(key - previousKey)
    previousKey = key
    pairs.entry(headline, body)
  })
  const words = termBlocks(output, postings, documents)
  const firstWords: string[] = []
  let previousWord = ''
  source.words((word, headline, body) => {
    hashes.push(wordHash(word))
    if (words.begin()) firstWords.push(word)
    else {
      let shared = 0
      while (shared < word.length && word[shared] === previousWord[shared]) shared++
      const rest = Buffer.from(word.slice(shared), 'utf16le')
      words.blocks.varint(shared)
      words.blocks.varint(rest.length)
      words.blocks.append(rest)
    }
    previousWord = word
    words.entry(headline, body)
  })
  const pairBlocks = output.offset()
  output.append(pairs.blocks.view())
  const wordBlocks = output.offset()
  output.append(words.blocks.view())
  return { postings, pairBlocks, wordBlocks, pairKeys, firstWords, hashes, blocks: [pairs, words] }
}

/** Numbers for strings, in the order of their first use. */
function numbering() {
  const numbers = new Map<string, number>()
  return {
    list: (): string[] => [...numbers.keys()],
    of(text: string): number {
      const number = numbers.get(text) ?? numbers.size
      numbers.set(text, number)
      return number
    },
  }
}

function attributes(documents: FoldedDocument[]) {
  const titles = numbering()
  const pages = numbering()
  const sections = numbering()
  const texts = new Uint32Array(documents.length + 1)
  documents.forEach((document, index) => (texts[index + 1] = (texts[index] ?? 0) + document.text.length))
  const arrays = {
    texts,
    ids: Uint32Array.from(documents, (document) => document.id),
    days: Uint32Array.from(documents, (document) => document.day),
    titles: Uint16Array.from(documents, (document) => titles.of(document.title)),
    pages: Uint16Array.from(documents, (document) => pages.of(document.pages)),
    sections: Uint16Array.from(documents, (document) => sections.of(document.section)),
    headlineLines: Uint8Array.from(documents, (document) => document.headlineLines),
    bylineLines: Uint8Array.from(documents, (document) => document.bylineLines),
    flags: Uint8Array.from(
      documents,
      ({ frontPage, hasText, kind }) => Number(frontPage) | (Number(hasText) << 1) | (kind << 2),
    ),
  }
  return { arrays, titles: titles.list(), pages: pages.list(), sections: sections.list() }
}

function tailBytes(head: SegmentHead, arrays: TailArrays, tailOffset: number): Buffer {
  let json = JSON.stringify(head)
  // Spaces at the end bring the arrays to a multiple of four.
  while ((Buffer.byteLength(json) + 4) % 4 !== 0) json += ' '
  const length = Buffer.alloc(4)
  length.writeUInt32LE(Buffer.byteLength(json))
  const parts = tailLayout(head, tailOffset).map(([name]) => {
    const array = arrays[name]
    return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
  })
  return Buffer.concat([length, Buffer.from(json), ...parts])
}

function writeContent(descriptor: number, documents: FoldedDocument[], terms: TermSource): number {
  const output = checkedOutput(descriptor)
  for (const document of documents) output.append(Buffer.from(document.text, 'utf16le'))
  const written = writeTerms(output, documents.length, terms)
  const tailOffset = output.offset()
  const described = attributes(documents)
  const head: SegmentHead = {
    documents: documents.length,
    titles: described.titles,
    pages: described.pages,
    sections: described.sections,
    words: written.firstWords,
    postings: written.postings,
    pairBlocks: written.pairBlocks,
    wordBlocks: written.wordBlocks,
    pairs: written.pairKeys.length,
    terms: written.hashes.length,
  }
  const arrays: TailArrays = {
    ...described.arrays,
    pairKeys: Uint32Array.from(written.pairKeys),
    blockOffsets: Uint32Array.from(written.blocks.flatMap((part) => part.offsets)),
    blockPostings: Uint32Array.from(written.blocks.flatMap((part) => part.postings)),
    checksums: output.finish(),
    filter: termFilter(written.hashes),
  }
  const tail = tailBytes(head, arrays, tailOffset)
  const footer = Buffer.alloc(footerBytes)
  footer.writeUInt32LE(tailOffset % 2 ** 32, 0)
  footer.writeUInt32LE(Math.floor(tailOffset / 2 ** 32), 4)
  footer.writeUInt32LE(crc32(tail), 8)
  footer.writeUInt32LE(signature, 12)
  writeFully(descriptor, tail)
  writeFully(descriptor, footer)
  return tailOffset + tail.length + footer.length
}

/**
 * Writes a segment: appears whole under its name or not at all. `documents` sorted by day, then id.
 * Answers its size in bytes. Throws `disk-full`, `read-only` and their like.
 */
export function writeSegment(file: string, documents: FoldedDocument[], terms: TermSource): number {
  const temporary = `${file}.tmp`
  try {
    const descriptor = openSync(temporary, 'w')
    let bytes = 0
    try {
      bytes = writeContent(descriptor, documents, terms)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
    return bytes
  } catch (error) {
    rmSync(temporary, { force: true })
    throw fromFileError(error, file)
  }
}
