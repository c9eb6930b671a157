import { join } from 'node:path'
import { ArchiveError } from '../../archive/errors.ts'
import { writeNewFile } from '../../archive/files.ts'
import type { Paper, TakeawayJob } from '../bridge/print-sheet.ts'
import type { PrintSheets } from '../print-sheets.ts'
import { findStick } from './stick.ts'

interface TakeHomeParts {
  sheets: PrintSheets
  /** How many pages a PDF has. */
  pagesOf: (pdf: Buffer) => Promise<number>
  /** How many pages a visit may print. */
  quota: number
  printer: string | undefined
  stickFolder: string | undefined
}

interface Wish {
  jobs: TakeawayJob[]
  paper: Paper
}

/** What a visitor takes along: paper within a quota, and files on a stick of their own. */
export interface TakeHome {
  /** Pages that are left to this visit. */
  left: () => number
  /** Throws ArchiveError `quota-used` before anything is printed, `print-failed`. */
  print: (wish: Wish) => Promise<number>
  stick: () => Promise<boolean>
  /** Throws ArchiveError `no-stick`, `disk-full`, `read-only`. */
  save: (wish: Wish & { citations: string[] }) => Promise<string[]>
  /** A new visit. */
  reset: () => void
}

export function takeHome({ sheets, pagesOf, quota, printer, stickFolder }: TakeHomeParts): TakeHome {
  let used = 0
  let turn: Promise<unknown> = Promise.resolve()
  /** One after the other, or two taps would print twice the quota. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }
  return {
    left: () => quota - used,
    print: (wish) =>
      inTurn(async () => {
        const { jobs, paper } = wish
        const counts: number[] = []
        for (const job of jobs) counts.push(await pagesOf(await sheets.pdf({ takeaway: job }, paper)))
        const pages = counts.reduce((sum, each) => sum + each, 0)
        const left = quota - used
        if (pages > left) throw new ArchiveError('quota-used', { pages, left })
        for (const [index, job] of jobs.entries()) {
          const done = await sheets.print({ takeaway: job }, paper, { silent: true, printer })
          if (!done) throw new ArchiveError('print-failed', { reason: 'cancelled' })
          used += counts[index] ?? 0
        }
        return pages
      }),
    stick: async () => stickFolder !== undefined && (await findStick(stickFolder)) !== undefined,
    save: ({ jobs, paper, citations }) =>
      inTurn(async () => {
        const folder = stickFolder === undefined ? undefined : await findStick(stickFolder)
        if (folder === undefined) throw new ArchiveError('no-stick')
        const stamp = new Date().toISOString().slice(0, 19).replace(/\D/g, '')
        const files: string[] = []
        const write = async (name: string, content: Uint8Array | string): Promise<void> => {
          await writeNewFile(join(folder, name), content)
          files.push(name)
        }
        for (const [index, job] of jobs.entries()) {
          const pdf = await sheets.pdf({ takeaway: job }, paper)
          await write(`banmian-${stamp}-${job.date}-${String(index + 1).padStart(2, '0')}.pdf`, pdf)
        }
        if (citations.length > 0) await write(`banmian-${stamp}.txt`, `\uFEFF${citations.join('\r\n\r\n')}\r\n`)
        return files
      }),
    reset: () => (used = 0),
  }
}
