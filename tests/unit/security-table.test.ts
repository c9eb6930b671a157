import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

/** docs/security.md says what proves each row; here is held that this exists, and what the source must never do. */

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const table = read('docs/security.md')
const rows = table.split('\n').filter((line) => /^\| [KS]\d/.test(line))

it('names for every row a test that exists, or the manual', () => {
  const numbers = (letter: string): string[] =>
    rows.flatMap((row) => (/^\| ([KS])(.*?) \|/.exec(row)?.[1] === letter ? [row] : []))
  expect(numbers('K')).toHaveLength(31)
  const covered = numbers('S').flatMap((row) => {
    const [, text = ''] = /^\| S(.*?) \|/.exec(row) ?? []
    return text.split(', ').flatMap((part) => {
      const [from = 0, to = from] = part.split('–').map(Number)
      return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    })
  })
  const all = Array.from({ length: 24 }, (_, index) => index + 1)
  // 1 is also what is never `file:`; 6 and 8–10 are one row.
  expect(all.filter((number) => !covered.includes(number))).toEqual([])
  for (const row of rows) {
    const proofs = [...row.matchAll(/`((?:tests|scripts)\/[\w./-]+)`(?: › `([^`]+)`)?/g)]
    expect(proofs.length > 0 || /manual|row S22|renderer\/kiosk/.test(row), row).toBe(true)
    for (const [, file = '', name] of proofs) {
      expect(existsSync(join(root, file)), file).toBe(true)
      if (name !== undefined) expect(read(file), `${file}: ${name}`).toContain(`('${name}'`)
    }
  }
})

it('says in both manuals what the machine has to do', () => {
  const words: [string, RegExp][] = [
    ['docs/kiosk.en.md', /## The machine[\s\S]*## Supervision/],
    ['docs/kiosk.zh.md', /## 机器[\s\S]*## 看护/],
  ]
  for (const [file, parts] of words) {
    const text = read(file)
    expect(text).toMatch(parts)
    for (const word of ['cage', 'openbox', 'DontVTSwitch', 'Assigned Access', 'udisks', 'RestartPreventExitStatus=78'])
      expect(text, `${file}: ${word}`).toContain(word)
  }
})

it('opens no wall of the browser anywhere in the source', () => {
  const files = ['electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue|html)$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  expect(files.length).toBeGreaterThan(200)
  const open =
    /openExternal|nodeIntegration: true|contextIsolation: false|sandbox: false|webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|webviewTag: true|\beval\(|new Function\(|v-html/
  // The one list of switches that a kiosk refuses names some of them.
  const own = files.filter((file) => file !== 'electron/kiosk/debug-switches.ts')
  expect(own.filter((file) => open.test(read(file)))).toEqual([])
})

it('packages with every fuse as the walls expect it', () => {
  const config = read('electron-builder.yml')
  const walls = read('scripts/package-walls.mjs')
  const wanted = [...walls.matchAll(/^ {2}(\w+): '(on|off)',$/gm)]
  expect(wanted).toHaveLength(7)
  const named: Record<string, string> = { EnableNodeCliInspectArguments: 'enableNodeCliInspectArguments' }
  for (const [, fuse = '', value] of wanted) {
    const entry = named[fuse] ?? fuse.charAt(0).toLowerCase() + fuse.slice(1)
    expect(config, fuse).toContain(`\n  ${entry}: ${value === 'on'}`)
  }
})
