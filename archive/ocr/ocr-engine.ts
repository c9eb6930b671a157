import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'tesseract.js'
import { ArchiveError } from '../errors.ts'
import { type OcrLanguage, ocrLanguageData } from './ocr-languages.ts'

/** A word as it was recognised: pixels of the picture, and how sure (0–1). */
interface RecognisedWord {
  text: string
  confidence: number
  /** Left, top, right, bottom. */
  box: [number, number, number, number]
}

export interface RecognisedLine {
  words: RecognisedWord[]
}

/** A paragraph, in the order in which the engine reads the page. */
export interface RecognisedParagraph {
  lines: RecognisedLine[]
}

export interface OcrEngine {
  /** Reads a picture (PNG, JPEG). Throws ArchiveError `image-unreadable`, `cancelled`. */
  recognise: (picture: Buffer, file: string, signal?: AbortSignal) => Promise<RecognisedParagraph[]>
  close: () => Promise<void>
}

/** Name and version, as recorded with every text. */
export const ocrEngineName = 'tesseract.js 7.0.0'

const han = /^[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/

interface Placed {
  text: string
  confidence: number
  bbox: { x0: number; y0: number; x1: number; y1: number }
}

const wordOf = ({ text, confidence, bbox }: Placed): RecognisedWord => ({
  text: text.trim(),
  confidence: Math.min(1, Math.max(0, confidence / 100)),
  box: [bbox.x0, bbox.y0, bbox.x1, bbox.y1],
})

/**
 * The place of the package's own worker: outside the app's archive file, from which threads cannot be started. Its
 * parts read nothing from the network: the languages are given to it.
 */
function workerPath(): string {
  const script = createRequire(import.meta.url).resolve('tesseract.js/src/worker-script/node/index.js')
  return script.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
}

/** The engine reads its languages from one folder; each comes in a package of its own. */
async function startWorker(languages: readonly OcrLanguage[]): Promise<Worker> {
  const { createWorker } = await import('tesseract.js')
  const folder = await mkdtemp(join(tmpdir(), 'banmian-ocr-'))
  try {
    for (const language of languages) {
      await writeFile(join(folder, `${language}.traineddata.gz`), await ocrLanguageData(language))
    }
    const options = { langPath: folder, cacheMethod: 'none', gzip: true, errorHandler: () => undefined }
    return await createWorker([...languages], 1, { ...options, workerPath: workerPath() })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Starts text recognition (tesseract.js, LSTM) in a thread of its own, for one set of languages.
 * Throws ArchiveError `missing-file` when the data of a language is not there.
 */
export async function startOcr(languages: readonly OcrLanguage[]): Promise<OcrEngine> {
  const worker = await startWorker(languages)
  let isClosed = false
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    await worker.terminate()
  }
  return {
    close,
    recognise: async (picture, file, signal) => {
      const stopped = new Promise<never>((_, refuse) => {
        const stop = (): void => {
          // The thread is in the middle of a page and hears nothing: it is ended, and its page done again another time.
          void close()
          refuse(new ArchiveError('cancelled'))
        }
        if (signal?.aborted) stop()
        else signal?.addEventListener('abort', stop, { once: true })
      })
      stopped.catch(() => undefined)
      try {
        const { data: page } = await Promise.race([
          worker.recognize(picture, {}, { blocks: true, text: false }),
          stopped,
        ])
        return (page.blocks ?? []).flatMap(({ paragraphs }) =>
          paragraphs.map(({ lines }) => ({
            lines: lines.map(({ words }) => ({
              words: words
                .flatMap((word) => (han.test(word.text) ? word.symbols.map(wordOf) : [wordOf(word)]))
                .filter(({ text }) => text !== ''),
            })),
          })),
        )
      } catch (error) {
        if (error instanceof ArchiveError) throw error
        const reason = error instanceof Error ? error.message : String(error)
        throw new ArchiveError('image-unreadable', { file, reason }, { cause: error })
      }
    },
  }
}
