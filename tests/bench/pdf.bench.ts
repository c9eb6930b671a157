import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { drawPdfPage } from '../../archive/pdf-pages.ts'

/** How long a newspaper page takes from PDF to pixels, against reading the same file from disk (the floor). */
const root = resolve(import.meta.dirname, '../..')
const samples = resolve(process.env['BANMIAN_SAMPLES'] ?? join(root, '../shared/samples'), 'C-mets-alto')

function pdfsBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? pdfsBelow(path) : name.endsWith('.pdf') ? [path] : []
  })
}

const files = pdfsBelow(samples)
if (files.length === 0) console.log('no sample PDFs on this machine: nothing measured')
for (const file of files) {
  const times: number[] = []
  let size = ''
  let floor = 0
  for (let run = 0; run < 3; run += 1) {
    let started = performance.now()
    const bytes = readFileSync(file)
    floor = performance.now() - started
    started = performance.now()
    try {
      const { width, height } = await drawPdfPage(bytes, 0, file)
      size = `${width}×${height}`
    } catch (error) {
      size = error instanceof Error ? error.message : String(error)
    }
    times.push(performance.now() - started)
  }
  const best = Math.min(...times)
  console.log(
    `  ${file
      .slice(samples.length + 1)
      .slice(-52)
      .padEnd(52)} ${size} ${Math.round(best)} ms (read alone: ${floor.toFixed(1)} ms)`,
  )
}
