/** Runs a program where there may be no display: under Xvfb then. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** True when windows can be shown. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** A command as `[command, words]`, wrapped so that it has a screen of its own when there is no display. */
export function onDisplay(command, words, screen = '1920x1200x24') {
  if (hasDisplay()) return [command, words]
  return ['xvfb-run', ['-a', '-s', `-screen 0 ${screen}`, command, ...words]]
}

/** Switches Electron needs as this user. Root cannot have the sandbox. */
export function electronSwitches() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * Runs to the end with this process's own output; answers the exit code. `as`: words before it, such as those of
 * `asOrdinaryUser`: that user starts the screen too, since nobody else may draw on it. `screen`: its size and depth.
 */
export function runOnDisplay(command, words, { as = [], screen, ...options } = {}) {
  const [program, ...all] = [...as, ...onDisplay(command, words, screen).flat()]
  return new Promise((resolve) => {
    const child = spawn(program, all, { stdio: 'inherit', ...options })
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
    child.on('error', () => resolve(1))
  })
}

/**
 * As `runOnDisplay`, on a screen wide enough for two windows that Xvfb keeps in a file, which the program finds in
 * BANMIAN_SCREEN: what is presented can be read there without asking who presents it.
 */
export async function runOnWatchedScreen(command, words, { env, ...options }) {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'banmian-screen-'))
  const xvfb = `-screen 0 2900x1000x24 -fbdir ${folder}`
  const own = { ...env, BANMIAN_SCREEN: join(folder, 'Xvfb_screen0') }
  const child = spawn('xvfb-run', ['-a', '-s', xvfb, command, ...words], { stdio: 'inherit', env: own, ...options })
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
    child.on('error', () => resolve(1))
  }).finally(() => rmSync(folder, { recursive: true, force: true }))
}

/**
 * Words before a command that run it as an ordinary user, when this is root and that user can reach what it needs:
 * only then the sandbox is really on. Empty otherwise.
 */
export function asOrdinaryUser(paths) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return []
  const drop = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const reachable = paths.every((path) => spawnSync(drop[0], [...drop.slice(1), 'test', '-r', path]).status === 0)
  return reachable ? drop : []
}
