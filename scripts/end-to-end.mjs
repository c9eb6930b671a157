/** Runs Playwright's tests of the real app: on a screen, as an ordinary user, without a network, where that can be. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asOrdinaryUser, hasDisplay, runOnDisplay } from './display.mjs'
import { root, say } from './setup.mjs'

/**
 * Words before a command that run it in a network of its own, in which there is nothing but this machine; only root may
 * make one. Empty where that cannot be.
 */
function withoutNetwork() {
  const ip = ['/usr/sbin/ip', '/sbin/ip'].find((path) => existsSync(path))
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !ip) return []
  const words = ['unshare', '--net', 'sh', '-c', `${ip} link set lo up && exec "$@"`, 'sh']
  return spawnSync(words[0], [...words.slice(1), 'true']).status === 0 ? words : []
}

/** Runs the tests that `words` choose, all without any; answers the exit code. `out`: folder for what they write. */
export function runEndToEnd({ electron, archive, out, words = [], environment = {} }) {
  const cli = join(root, 'node_modules/playwright/cli.js')
  const drop = asOrdinaryUser([cli, electron.executable, archive, join(root, 'out/main/main.cjs')])
  if (process.getuid?.() === 0) {
    say(
      drop.length > 0
        ? 'End to end as user 65534, sandbox on.'
        : 'End to end as root: this folder is closed to other users, so the sandbox is off.',
    )
  }
  const apart = withoutNetwork()
  if (apart.length > 0) say('End to end in a network of its own, without a way out.')
  const home = mkdtempSync(join(tmpdir(), 'banmian-e2e-'))
  chmodSync(home, 0o777)
  const env = {
    ...process.env,
    HOME: home,
    BANMIAN_ELECTRON: electron.executable,
    BANMIAN_SAMPLE_ARCHIVE: archive,
    BANMIAN_E2E_OUT: out,
    // Where there is no screen, each worker makes one of its own.
    ...(!hasDisplay() && { BANMIAN_OWN_SCREENS: '1' }),
    ...environment,
  }
  const all = [cli, 'test', '--config', join(root, 'tests/playwright.config.ts'), ...words]
  return runOnDisplay(process.execPath, all, { as: [...apart, ...drop], cwd: root, env })
}
