/**
 * What failed in a whole run, once more at its end: whoever reads a log by its last lines, as a CI shows it,
 * must see which test it was and why without the rest. `node scripts/failures.mjs REPORT…` says it of reports kept.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Colours say nothing in a log. */
const terminalCodes = /\u001B\[[0-9;?]*[A-Za-z]/gu
/** The sentence and the first lines of the stack: enough to know which of several expectations it was. */
const linesKept = 12

function brief(message) {
  return message.replace(terminalCodes, '').split('\n').slice(0, linesKept).join('\n')
}

/** Of the JSON report of vitest: tests that failed, and files that could not be run. */
export function unitFailures(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status === 'failed')
    if (tests.length === 0) return file.status === 'failed' ? [{ test: file.name, why: brief(file.message) }] : []
    return tests.map((test) => ({
      test: `${file.name} › ${test.fullName}`,
      why: brief(test.failureMessages.join('\n')),
    }))
  })
}

/** Of the JSON report of Playwright: tests that failed or passed only when tried again, with each failed try. */
export function endToEndFailures(report) {
  const of = (suite) => [...(suite.suites ?? []).flatMap(of), ...(suite.specs ?? []).flatMap(ofSpec)]
  const ofSpec = (spec) =>
    spec.tests
      .filter((test) => test.status === 'unexpected' || test.status === 'flaky')
      .map((test) => ({
        test: `${spec.file} › ${spec.title}${test.status === 'flaky' ? ' (passed when tried again)' : ''}`,
        why: test.results
          .flatMap((result) => result.errors)
          .map((error) => brief(error.message ?? ''))
          .join('\n'),
      }))
  const errors = (report?.errors ?? []).map((error) => ({ test: 'end to end', why: brief(error.message ?? '') }))
  return [...errors, ...(report?.suites ?? []).flatMap(of)]
}

/** One failure as a log shows it. */
export function failureLines({ test, why }) {
  return `\n✗ ${test}\n${why}`
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const file of process.argv.slice(2)) {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    const found = report.testResults ? unitFailures(report) : endToEndFailures(report)
    for (const failure of found) process.stdout.write(`${failureLines(failure)}\n`)
  }
}
