import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it, type TestContext } from 'vitest'
import { importSources } from '../../../archive/importing.ts'
import { prepareArchive } from '../../../archive/preparing.ts'
import { mountSlowDisk, type SlowDisk, whyNoSlowDisk } from '../../fixtures/slow-disk.ts'
import { pdfOf, writeSmallMirror } from '../../fixtures/small-mirror.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const megabyte = 1 << 20
const day = '2013-01-10'
const pdf = pdfOf(day, 1)
const pdfBytes = 4 * megabyte

interface Line {
  phase?: string
  file?: string
  bytes?: number
  /** How often another archive had answered by then. */
  answers?: number
  issues?: number
  code?: string
}

async function slowMirror({ skip }: TestContext): Promise<SlowDisk> {
  const reason = whyNoSlowDisk()
  if (reason) skip(reason)
  try {
    return await mountSlowDisk(32 * megabyte, 2 * megabyte, async (folder) => {
      await writeSmallMirror(join(folder, 'mirror'), [day])
      writeFileSync(join(folder, 'mirror', pdf), randomBytes(pdfBytes))
    })
  } catch (error) {
    return skip(`no slow disk here: ${String(error)}`)
  }
}

/** Runs the import; `onLine` may cancel it. */
async function runSlowly(disk: SlowDisk, archive: string, onLine: (line: Line, cancel: () => void) => void) {
  const fast = join(temporaryFolder(), 'other')
  const mirror = join(temporaryFolder(), 'mirror')
  await writeSmallMirror(mirror, [day])
  await importSources([mirror], fast)
  await prepareArchive(fast, { cache: '/nonexistent' })
  const worker = resolve(import.meta.dirname, 'slow-importer.ts')
  const words = [process.execPath, '--import', 'tsx', worker, join(disk.path, 'mirror'), archive, fast]
  const [program = '', ...rest] = [...disk.slowly, ...words]
  const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: Line[] = []
  let text = ''
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString()
    const whole = text.split('\n')
    text = whole.pop() ?? ''
    for (const line of whole.map((each) => JSON.parse(each) as Line)) {
      lines.push(line)
      onLine(line, () => child.stdin.write('cancel\n'))
    }
  })
  await new Promise((closed) => child.on('close', closed))
  return lines
}

const ofPdf = ({ file, bytes = 0 }: Line): boolean => file === pdf && bytes > 0

it('a slow disk holds up nothing but its own import, whose progress names the file and its bytes', async (context) => {
  const disk = await slowMirror(context)
  const lines = await runSlowly(disk, join(temporaryFolder(), 'archive'), () => undefined)
  expect(lines.at(-1)).toEqual({ issues: 1 })
  const during = lines.filter(ofPdf)
  expect(new Set(during.map(({ bytes }) => bytes)).size).toBeGreaterThan(2)
  expect(during.at(-1)?.answers).toBeGreaterThan(during[0]?.answers ?? 0)
}, 120_000)

it('an import from it can be cancelled in the middle of a file, and leaves nothing', async (context) => {
  const disk = await slowMirror(context)
  const archive = join(temporaryFolder(), 'archive')
  const lines = await runSlowly(disk, archive, (line, cancel) => {
    if (ofPdf(line)) cancel()
  })
  expect(lines.at(-1)).toEqual({ code: 'cancelled' })
  expect(Math.max(...lines.map(({ bytes = 0 }) => bytes))).toBeLessThan(pdfBytes)
  expect(existsSync(archive)).toBe(false)
}, 120_000)
