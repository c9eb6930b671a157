import type { ElectronApplication } from 'playwright/test'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { turns, type Turns } from '../fixtures/hostile-payloads.ts'

/** An automatic visitor: real keys and clicks of the X server, seeded, so that a run can be repeated. */

const run = promisify(execFile)

export interface SoakReport {
  seed: number
  seconds: number
  actions: number
  /** Processes that were killed, by name. */
  killed: Record<string, number>
  /** Longest time for which the page did not answer, in seconds; and after a kill. */
  stuck: number
  stuckAfterKill: number
  /** What was seen that must not be. */
  escapes: string[]
  /** Megabytes of all processes after the first minute (or a quarter), and at the end. */
  memory: { early: number; late: number; ratio: number }
}

interface SoakPlan {
  app: ElectronApplication
  seed: number
  seconds: number
  /** Seconds between two kills. */
  killEvery: number
  say: (text: string) => void
}

const wild = [
  ...['ctrl+r', 'ctrl+w', 'ctrl+q', 'ctrl+p', 'ctrl+shift+i', 'ctrl+n', 'ctrl+o', 'ctrl+s', 'ctrl+plus', 'ctrl+a'],
  ...['alt+F4', 'alt+Left', 'alt+space', 'alt+Tab', 'super+d', 'super', 'F5', 'F11', 'F12', 'Menu', 'Print', 'Insert'],
]
const tame = [
  'Tab',
  'Return',
  'Escape',
  'Left',
  'Right',
  'Up',
  'Down',
  'Next',
  'Prior',
  'Home',
  'End',
  'BackSpace',
  'F1',
]
const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789', 'space', 'period', 'quotedbl', 'asterisk', 'parenleft']
const targets = ['renderer', 'banmian-answer', 'banmian-work', 'GPU']

/** One thing that a visitor does. */
async function act(turn: Turns, buttons: { x: number; y: number }[], size: { width: number; height: number }) {
  const pick = <Value>(values: readonly Value[]): Value => values[turn.next(values.length)]!
  const anywhere = () => ['mousemove', String(turn.next(size.width)), String(turn.next(size.height))]
  const kind = turn.next(100)
  const button = buttons[turn.next(buttons.length)]
  const at = button ? ['mousemove', String(Math.round(button.x)), String(Math.round(button.y))] : anywhere()
  const words =
    kind < 45
      ? [...at, 'click', '1']
      : kind < 55
        ? [...anywhere(), 'click', '1']
        : kind < 65
          ? [...anywhere(), 'click', '--repeat', String(1 + turn.next(5)), pick(['4', '5'])]
          : kind < 70
            ? [...anywhere(), 'click', pick(['2', '3', '8', '9'])]
            : kind < 75
              ? [...anywhere(), 'mousedown', '1', ...anywhere(), 'mouseup', '1']
              : kind < 85
                ? ['key', '--delay', '5', ...Array.from({ length: 1 + turn.next(8) }, () => pick(letters))]
                : kind < 93
                  ? ['key', pick(tame)]
                  : ['key', pick(wild)]
  await run('xdotool', words).catch(() => undefined)
}

/** Runs a visitor for so long, and reports. */
export async function soak({ app, seed, seconds, killEvery, say }: SoakPlan): Promise<SoakReport> {
  const turn = turns(seed)
  const begun = performance.now()
  const elapsed = (): number => (performance.now() - begun) / 1000
  const report: SoakReport = {
    ...{ seed, seconds, actions: 0, killed: {}, stuck: 0, stuckAfterKill: 0, escapes: [] },
    memory: { early: 0, late: 0, ratio: 0 },
  }
  const early = Math.min(60, seconds / 4)
  let nextKill = killEvery
  let lastKill = -Infinity
  let kills = 0
  let nextLook = 0
  let buttons: { x: number; y: number }[] = []
  let size = { width: 1280, height: 800 }
  while (elapsed() < seconds) {
    await act(turn, buttons, size)
    report.actions += 1
    await new Promise((resume) => setTimeout(resume, 40 + turn.next(160)))
    if (elapsed() >= nextLook) {
      nextLook = elapsed() + 0.5
      const [asked, look] = [performance.now(), await answered(app)]
      const waited = (performance.now() - asked) / 1000
      const after = elapsed() - lastKill < 15
      if (after) report.stuckAfterKill = Math.max(report.stuckAfterKill, waited)
      else report.stuck = Math.max(report.stuck, waited)
      if (!look) report.escapes.push('no page for half a minute')
      else {
        ;({ buttons, size } = look)
        for (const escape of look.wrong) if (!report.escapes.includes(escape)) report.escapes.push(escape)
      }
      const shown = (await run('xdotool', ['search', '--onlyvisible', '--name', '.*'])).stdout.trim().split('\n').length
      if (shown > 3) report.escapes.push(`${shown} windows on the screen`)
    }
    if (report.memory.early === 0 && elapsed() >= early) report.memory.early = await memoryOf(app)
    if (elapsed() >= nextKill && elapsed() < seconds - killEvery / 2) {
      nextKill += killEvery
      const name = targets[kills++ % targets.length]!
      if (await kill(app, name)) {
        lastKill = elapsed()
        report.killed[name] = (report.killed[name] ?? 0) + 1
        say(`${Math.round(elapsed())} s: killed ${name}`)
      }
    }
  }
  report.memory.late = await memoryOf(app)
  report.memory.ratio = Math.round((100 * report.memory.late) / report.memory.early) / 100
  return report
}

/** What the page shows when it answers; undefined when it does not within half a minute. */
async function answered(app: ElectronApplication) {
  const until = performance.now() + 30_000
  while (performance.now() < until) {
    const look = await Promise.race([
      lookAt(app).catch(() => undefined),
      new Promise<undefined>((resume) => setTimeout(() => resume(undefined), 1000)),
    ])
    if (look) return look
    await new Promise((resume) => setTimeout(resume, 50))
  }
  return undefined
}

function lookAt(app: ElectronApplication) {
  return app.evaluate(async ({ BrowserWindow }) => {
    const shown = BrowserWindow.getAllWindows().filter((window) => window.isVisible())
    const own = shown.find((window) => window.webContents.getURL().startsWith('app://ui/index.html'))
    if (!own || own.webContents.isLoading() || own.webContents.isCrashed()) return undefined
    const script = `[...document.querySelectorAll('button, a[href], input, [role=button], summary')]
      .map((element) => element.getBoundingClientRect())
      .filter(({ width, height, top, left }) => width > 0 && height > 0 && top >= 0 && left >= 0)
      .slice(0, 200)
      .map(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 }))`
    const buttons = (await own.webContents.executeJavaScript(script)) as { x: number; y: number }[]
    const { width, height } = own.getBounds()
    const wrong = [
      ...(own.isKiosk() && own.isFullScreen() ? [] : ['no kiosk']),
      ...(own.webContents.isDevToolsOpened() ? ['developer tools'] : []),
      ...(own.webContents.getZoomFactor() === 1 ? [] : ['zoomed']),
      ...(shown.length > 2 ? [`${shown.length} windows`] : []),
    ]
    return { buttons, size: { width, height }, wrong }
  })
}

/** Kills a process by its name; false when none runs. */
async function kill(app: ElectronApplication, name: string): Promise<boolean> {
  const pid = await app.evaluate(({ app: program, BrowserWindow }, wanted) => {
    if (wanted === 'renderer')
      return BrowserWindow.getAllWindows()
        .find((window) => window.isVisible())
        ?.webContents.getOSProcessId()
    const metrics = program.getAppMetrics()
    return metrics.find(({ name: own, serviceName, type }) => [own, serviceName, type].includes(wanted))?.pid
  }, name)
  if (!pid) return false
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

async function memoryOf(app: ElectronApplication): Promise<number> {
  const kilobytes = await app.evaluate(({ app: program }) =>
    program.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  )
  return Math.round(kilobytes / 1024)
}
