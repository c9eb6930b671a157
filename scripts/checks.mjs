/** `npm run check`: everything that is checked without running the program: types, rules, format, unused code. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages, root, say } from './setup.mjs'

/** Name, script and words; the longest first, so that none begins when the others end. */
const checks = [
  ['types of the interface', 'vue-tsc/bin/vue-tsc.js', '--noEmit', '-p', 'renderer/tsconfig.json'],
  ['lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  ['types', 'typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['unused code', 'knip/bin/knip.js'],
]
/** More take more memory than a small machine has, and there are no more than five. */
const mostAtOnce = 4

/** One check in a process of its own; what it says is kept until it is done, so that no two mix. */
function run([, script, ...words]) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...words], { cwd: root })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', (error) => (said += error.message))
    child.once('close', (code) => done({ good: code === 0, said }))
  })
}

/** Each is one thread: as many at a time as there are cores. `tell` is called with the name and outcome of each and what it said. */
export async function runChecks(tell) {
  const waiting = [...checks]
  const hand = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { good, said } = await run(next)
      if (!good) process.stdout.write(`${said}\n`)
      tell(next[0], good, said)
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), mostAtOnce) }, hand))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  ensurePackages()
  await runChecks((name, good) => {
    say(`${name}: ${good ? 'passed' : 'failed'}`)
    if (!good) process.exitCode = 1
  })
}
