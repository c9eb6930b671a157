/** Where the command line speaks: results on standard output, progress and messages on standard error. */
export interface Terminal {
  readonly json: boolean
  /** A line for people; silent with `--json`. */
  say: (line: string) => void
  /** The one JSON document, one line, of a run with `--json`. */
  result: (value: unknown) => void
  progress: (phase: string, done: number, total: number, file: string) => void
  endProgress: () => void
}

const redrawEvery = 80

/** Progress is drawn on a terminal only, one line over itself. */
export function openTerminal(json: boolean): Terminal {
  const { stderr, stdout } = process
  let last = 0
  let drawn = false
  const clear = (): void => {
    if (drawn) stderr.write('\r\u001b[K')
    drawn = false
  }
  return {
    json,
    say: (line) => {
      clear()
      if (!json) stdout.write(`${line}\n`)
    },
    result: (value) => {
      clear()
      if (json) stdout.write(`${JSON.stringify(value)}\n`)
    },
    progress: (phase, done, total, file) => {
      const now = Date.now()
      if (!stderr.isTTY || now - last < redrawEvery) return
      last = now
      drawn = true
      const share = total > 0 ? `${Math.floor((100 * done) / total)} % (${done}/${total})` : ''
      const line = `${phase} ${share} ${file}`
      stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns || 80) - 1)}`)
    },
    endProgress: clear,
  }
}
